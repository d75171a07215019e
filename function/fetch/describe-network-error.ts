const clauseByCode: Readonly<Record<string, string>> = {
  ENOTFOUND: 'was not found: no server has that name',
  EAI_AGAIN: 'could not be looked up just now',
  ENODATA: 'was not found: that name has no address',
  ECONNREFUSED: 'refused the connection',
  ECONNRESET: 'broke off before the answer was complete',
  EPIPE: 'broke off before the answer was complete',
  EHOSTUNREACH: 'could not be reached',
  ENETUNREACH: 'could not be reached',
  ENETDOWN: 'could not be reached',
  EADDRNOTAVAIL: 'could not be reached',
  EACCES: 'could not be reached',
  ETIMEDOUT: 'did not take the connection in time',
  HPE_HEADER_OVERFLOW: 'answered with a header that is too long',
  CERT_HAS_EXPIRED: 'has a TLS certificate that has expired',
  CERT_NOT_YET_VALID: 'has a TLS certificate that is not valid yet',
  ERR_TLS_CERT_ALTNAME_INVALID: 'has a TLS certificate for another name',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'has a TLS certificate that it signed itself',
  SELF_SIGNED_CERT_IN_CHAIN: 'has a TLS certificate of an authority that is not trusted',
  UNABLE_TO_GET_ISSUER_CERT: 'has a TLS certificate of an authority that is not trusted',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'has a TLS certificate of an authority that is not trusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'has a TLS certificate of an authority that is not trusted',
};

/** Codes come in families: llhttp's parser errors, and the resolver's, OpenSSL's for certificates. */
const clauseByCodePrefix: readonly (readonly [prefix: string, clause: string])[] = [
  ['HPE_', 'answered with something that is not proper HTTP'],
  ['ERR_SSL_', 'could not agree on a TLS connection'],
  ['ERR_TLS_', 'could not agree on a TLS connection'],
  ['EPROTO', 'could not agree on a TLS connection'],
  ['EAI_', 'could not be looked up'],
  ...['CERT_', 'CRL_', 'ERROR_IN_', 'HOSTNAME_', 'INVALID_', 'PATH_', 'UNABLE_TO_'].map(
    (prefix) => [prefix, 'has a TLS certificate that could not be verified'] as const,
  ),
];

/**
 * What went wrong between this machine and another, as a clause whose subject is that server; no address and nothing
 * that the server sent is in it. Undefined for an error that is not the network's, which is a fault of ours.
 */
export function describeNetworkError(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined;
  const { code } = error;
  return clauseByCode[code] ?? clauseByCodePrefix.find(([prefix]) => code.startsWith(prefix))?.[1];
}
