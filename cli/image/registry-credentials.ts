/** What a registry, or the server of its tokens, is told about who asks. */
export interface RegistryCredentials {
  readonly username: string;
  readonly password: string;
}

export function basicAuthorization({ username, password }: RegistryCredentials): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}
