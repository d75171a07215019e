import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import type { Tags } from './resource-tags.ts';

export interface MonthlyBudgetArgs {
  /** US dollars. */
  readonly dollars: pulumi.Input<number>;
  readonly email: pulumi.Input<string>;
  readonly tags: Tags;
}

/** Percent of the budget that was spent, or is forecast to be by the end of the month. */
const notifications = [
  { threshold: 80, notificationType: 'ACTUAL' },
  { threshold: 100, notificationType: 'ACTUAL' },
  { threshold: 100, notificationType: 'FORECASTED' },
] as const;

/**
 * Tells the owner what the account spends in a month. It counts the whole account, since AWS counts by tag only what somebody
 * has first made a cost allocation tag, and it lags by hours: it bounds nothing.
 */
export class MonthlyBudget extends pulumi.ComponentResource {
  constructor(name: string, { dollars, email, tags }: MonthlyBudgetArgs, options?: pulumi.ComponentResourceOptions) {
    super('lambda-lens:infra:MonthlyBudget', name, {}, options);
    new aws.budgets.Budget(
      name,
      {
        budgetType: 'COST',
        timeUnit: 'MONTHLY',
        limitAmount: pulumi.output(dollars).apply(String),
        limitUnit: 'USD',
        notifications: notifications.map((notification) => ({
          ...notification,
          comparisonOperator: 'GREATER_THAN',
          thresholdType: 'PERCENTAGE',
          subscriberEmailAddresses: [email],
        })),
        tags,
      },
      { parent: this },
    );
    this.registerOutputs({});
  }
}
