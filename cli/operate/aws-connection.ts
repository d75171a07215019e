/** Whose account, and where in it. */
export interface AwsConnection {
  readonly region: string;
  readonly profile: string | undefined;
}

/** For the SDK's clients: the credentials are those that the Pulumi and AWS command lines use too. */
export function connectionOptions({ region, profile }: AwsConnection) {
  return { region, maxAttempts: 2, ...(profile !== undefined && { profile }) };
}
