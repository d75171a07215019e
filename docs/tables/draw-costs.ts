import { megabytesInGigabyte, oneProcessorInMb, usualConcurrencyQuota } from '../../facts/lambda.ts';
import { lambdaDollars, northVirginia } from '../../facts/prices.ts';
import { stackSettings } from '../../facts/stack-settings.ts';
import { worstMonthlyBill } from '../../infra/worst-monthly-bill.ts';
import { drawTable } from './draw-table.ts';

const imageSizeInMegabytes = 50;
const imagesKept = 10;
const predictions = 1_000;
const secondsEach = 0.1;

const { architecture, memoryInMb } = { architecture: stackSettings.architecture.default, memoryInMb: oneProcessorInMb };

/** What the default stack costs, from the prices in facts/. */
export function drawCosts(): string {
  const { gigabyteMonthOfRegistry, millionRequests } = northVirginia;
  const image = (imageSizeInMegabytes / megabytesInGigabyte) * gigabyteMonthOfRegistry;
  const gbSeconds = (predictions * secondsEach * memoryInMb) / megabytesInGigabyte;
  const compute = lambdaDollars(architecture, gbSeconds, 0);
  const requests = lambdaDollars(architecture, 0, predictions);
  const gateway = (predictions / 1e6) * millionRequests['http-api'];
  const busy = (instances: number) =>
    `$${worstMonthlyBill({ architecture, memoryInMb }, instances).toLocaleString('en-US')}`;
  return drawTable(
    ['what', 'what it costs'],
    [
      [
        'idle',
        `the images in ECR, ${dollars(gigabyteMonthOfRegistry, 2)} per GB and month: ${dollars(image, 3)} for one, ${dollars(imagesKept * image, 2)} for ${imagesKept}; nothing else`,
      ],
      [
        `${predictions.toLocaleString('en-US')} predictions of ${secondsEach} s`,
        `${dollars(compute, 4)} of compute, ${dollars(requests, 4)} of requests; through the HTTP API ${dollars(gateway, 3)} more`,
      ],
      [
        'a public URL that someone keeps busy',
        `${busy(1)} a month for each instance at a time, ${busy(usualConcurrencyQuota)} at the usual quota of ${usualConcurrencyQuota.toLocaleString('en-US')}`,
      ],
    ],
  );
}

function dollars(amount: number, digits: number): string {
  return `$${amount.toFixed(digits)}`;
}
