/** What stays on around the clock and could answer instead of a function. Dollars in us-east-1 unless its page says otherwise. */
export interface AlwaysOn {
  readonly name: string;
  readonly dollarsAnHour: number;
  /** Processors that it may use all the time. Undefined where a small share is promised and more only for a while. */
  readonly processors: number | undefined;
  readonly source: string;
}

// https://www.doit.com/aws-public-ipv4-price-increase-the-complete-guide/
const publicAddressAnHour = 0.005;
// https://www.vantage.sh/blog/fargate-pricing
const fargate = { processorAnHour: 0.03238, gigabyteAnHour: 0.00356 };
const gigabytesOfTask = 2;

export const alwaysOn: readonly AlwaysOn[] = [
  {
    name: 'the least Lightsail machine',
    dollarsAnHour: 0.0067,
    processors: undefined,
    source:
      'https://docs.aws.amazon.com/lightsail/latest/userguide/amazon-lightsail-frequently-asked-questions-faq-billing-and-account-management.html',
  },
  {
    name: `a Fargate task, 1 ARM processor and ${gigabytesOfTask} GB`,
    dollarsAnHour: fargate.processorAnHour + gigabytesOfTask * fargate.gigabyteAnHour + publicAddressAnHour,
    processors: 1,
    source: 'https://www.vantage.sh/blog/fargate-pricing',
  },
  {
    name: 'an EC2 m7g.large, 2 ARM processors and 8 GB',
    dollarsAnHour: 0.0816 + publicAddressAnHour,
    processors: 2,
    source: 'https://www.factualminds.com/blog/amazon-ec2-on-demand-pricing-instance-families-2026/',
  },
];
