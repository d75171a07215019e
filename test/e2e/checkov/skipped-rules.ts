/** The rules of checkov that some stack does not keep, each with why. Whoever needs one kept mostly has a setting for it. */
export const skippedRules: Readonly<Record<string, string>> = {
  CKV_AWS_18:
    'Buckets are private and reached by the stack’s roles alone; logs of access would fill a bucket of their own.',
  CKV_AWS_21: 'Versions would double what photos cost to keep, and outlive those that are to be gone after a day.',
  CKV_AWS_26: 'Topics hold the texts of alarms, and no photos.',
  CKV_AWS_50:
    'Tracing is the setting tracing, since X-Ray bills each trace; the function that turns the service off has one call.',
  CKV_AWS_51:
    'Images are deployed by digest, so no tag is believed; the tag that keeps what was rolled back to has to move.',
  CKV_AWS_115: 'The setting maximumConcurrency: a new account has too few instances to reserve any.',
  CKV_AWS_116:
    'Whoever calls gets the error at once; the function that turns the service off is called again by its topic.',
  CKV_AWS_117:
    'The settings subnetIds and securityGroupIds: in a network, photos by URL need a gateway that is paid for by the hour.',
  CKV_AWS_136: 'The images hold a public model and no secret; Amazon ECR encrypts them with a key of its own.',
  CKV_AWS_144: 'Photos are the owner’s copies or gone after a day, and results can be made again from them.',
  CKV_AWS_145: 'S3 encrypts with a key of its own.',
  CKV_AWS_158: 'The setting logKey; without it CloudWatch encrypts with a key of its own.',
  CKV_AWS_163: 'Amazon ECR’s scan knows images by their operating system, and this one has none.',
  CKV_AWS_173: 'The setting environmentKey; without it Lambda encrypts with a key of its own.',
  CKV_AWS_258: 'functionUrl is public only where the owner says so, and the program warns of the bill.',
  CKV_AWS_272:
    'Lambda checks signatures of archives, not of images: https://docs.aws.amazon.com/lambda/latest/dg/configuration-codesigning-create.html',
  CKV_AWS_284: 'X-Ray bills each trace, and a run over a full bucket has one for each batch.',
  CKV_AWS_285: 'Step Functions shows the history of each run itself; a log of it would be billed by the line.',
  CKV_AWS_290:
    'Lambda makes network interfaces before their ARN is known: https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html',
  CKV_AWS_301: 'The two permissions of a function URL that the owner has made public.',
  CKV_AWS_309:
    'The API is for everyone unless jwtIssuer is set; then preflights alone are open, which browsers send without a token.',
  CKV_AWS_338: 'The setting logRetentionInDays: a line may hold what a caller sent, so the default is short.',
  CKV_AWS_355: 'As CKV_AWS_290.',
};
