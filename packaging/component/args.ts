// Made from the table of settings: npm run docs:tables
import type { Input } from '@pulumi/pulumi';

/** Every setting may be left out for its default. */
export interface LambdaLensArgs {
  /** The processor of function and image; `arm64` is a fifth cheaper (arm64 or x86_64). */
  readonly architecture?: Input<string>;
  /** The function's memory; 1769 is one whole processor (a whole number from 512 to 10240, in MB). */
  readonly memoryInMb?: Input<number>;
  /** When Lambda ends a request; API Gateway gives up soon after (a whole number from 3 to 28, in s). */
  readonly timeoutInSeconds?: Input<number>;
  /** The function's own URL: `iam` takes signed requests only, `public` anyone's and without a throttle (iam, public or off). */
  readonly functionUrl?: string;
  /** The API Gateway HTTP API, public and throttled (on or off). */
  readonly httpApi?: boolean;
  /** Whose pages may read answers (* alone, or origins such as https://shop.example, separated by commas). */
  readonly corsOrigins?: Input<string[]>;
  /** What the HTTP API lets through in the long run (a number above 0, at most 10000, in requests a second). */
  readonly throttleRate?: Input<number>;
  /** What it lets through at once (a whole number from 1 to 5000, in requests). */
  readonly throttleBurst?: Input<number>;
  /** Whose tokens the HTTP API asks for on every route, the page included; goes with `jwtAudience` (an https:// address). */
  readonly jwtIssuer?: Input<string>;
  /** For whom such a token must be made out: one of these as its `aud`, or its `client_id` (audiences or client ids, separated by commas). */
  readonly jwtAudience?: Input<string[]>;
  /** Most instances at a time, which caps the bill; 0 turns every call away; a new account's quota is too small to reserve from (a whole number from 0 to 100000, in instances). */
  readonly maximumConcurrency?: Input<number>;
  /** Whether callers may send the URL of a photo (on or off). */
  readonly photoUrl?: Input<boolean>;
  /** The only hosts that such a URL may name; `*.example.com` stands for all subdomains, not for example.com (hosts, host:port or *.host (private ones with their port, IPv6 in brackets), separated by commas). */
  readonly photoUrlAllowedHosts?: Input<string[]>;
  /** Where callers may have photos read from; a prefix that ends in a slash is a folder (S3 buckets or bucket/prefix (without *, ? or $), separated by commas). */
  readonly photoBuckets?: string[];
  /** How a bare event `{"image_url"}` is answered: by scores, or as the course of 2026 does (two labels) (labels or course-2026). */
  readonly directAnswer?: Input<string>;
  /** What callers of predictions must send, as `authorization: Bearer …` or `x-api-key` (8 or more printable characters without spaces). */
  readonly apiSecret?: Input<string>;
  /** How the service introduces itself to the servers of such URLs (text that a header can hold). */
  readonly photoUrlUserAgent?: Input<string>;
  /** The body of a request, after base64 where a gateway has put it (a whole number from 1000 to 100000000, in bytes). */
  readonly maximumBodySizeInBytes?: Input<number>;
  /** A photo fetched from a URL or from S3 (a whole number from 1000 to 500000000, in bytes). */
  readonly maximumPhotoSizeInBytes?: Input<number>;
  /** Width × height as the header of a photo says, before anything is decoded (a whole number from 1 to 500000000, in pixels). */
  readonly maximumPixels?: Input<number>;
  /** The same for a photo that must be decoded at full size (WebP, or a card without antialiased resize); less by default where the memory is small (a whole number from 1 to 500000000, in pixels). */
  readonly maximumFullSizePixels?: Input<number>;
  /** Memory that decoding a photo may take, estimated from its header: enough for a WebP of 25 megapixels, a progressive JPEG of four components of 29 and most else of 50; less by default where the memory is small (a whole number from 16 to 10000, in MB). */
  readonly maximumDecodingMegabytes?: Input<number>;
  /** Photos in one request (a whole number from 1 to 1000, in photos). */
  readonly maximumItems?: Input<number>;
  /** Redirects on the way to a photo (a whole number from 0 to 20, in redirects). */
  readonly maximumRedirects?: Input<number>;
  /** Fetching one photo, from the first look-up to the last byte (a whole number from 1 to 900000, in ms). */
  readonly fetchTimeoutInMilliseconds?: Input<number>;
  /** How long before Lambda's deadline all work ends (a whole number from 0 to 900000, in ms). */
  readonly deadlineMarginInMilliseconds?: Input<number>;
  /** What runs the model: the project's own kernels where they cover it, or TensorFlow.js's WASM backend alone (own or tensorflow). */
  readonly engine?: Input<string>;
  /** What decodes photos: the project's own decoders, or jpeg-js and pngjs, which take more memory and so smaller photos (own or reference). */
  readonly decoder?: Input<string>;
  /** What is logged: `info` is a line for every request, `warn` for those that failed, `error` for our own faults (info, warn or error). */
  readonly logLevel?: Input<string>;
  /** Metrics in the function's log, alarms and a dashboard, within CloudWatch's free share (on or off). */
  readonly monitoring?: boolean;
  /** Who is told when an alarm goes off, and when it is over; AWS asks that address to confirm first (an e-mail address). */
  readonly alarmEmail?: Input<string>;
  /** Alarm when more of the requests fail by our own fault, on two of three minutes (a number above 0, at most 100, in %). */
  readonly alarmErrorPercent?: Input<number>;
  /** Alarm when the slowest hundredth takes more than this share of the timeout (a number above 0, at most 100, in %). */
  readonly alarmDurationPercent?: Input<number>;
  /** Alarm when more of `maximumConcurrency` is in use, where that is set (a number above 0, at most 100, in %). */
  readonly alarmConcurrencyPercent?: Input<number>;
  /** Alarm when an instance holds more of the function's memory (a number above 0, at most 100, in %). */
  readonly alarmMemoryPercent?: Input<number>;
  /** Alarm when the share of `unfamiliar` answers of an hour is so many times that of its week, from 100 photos an hour on (a number above 0, at most 100, in times). */
  readonly alarmUnfamiliarTimes?: Input<number>;
  /** Tells `alarmEmail` when the account's bill comes to 80 and 100 % of this in a month, and when it is forecast to (a number above 0, at most 10000000, in dollars). */
  readonly monthlyBudget?: Input<string>;
  /** Turns the function off, as `lambda-lens off` does, when an hour of Lambda costs more than this (a number above 0, at most 1000000, in dollars an hour). */
  readonly automaticOff?: Input<string>;
  /** Whether AWS X-Ray traces requests, which it bills by the trace (on or off). */
  readonly tracing?: boolean;
  /** Whether photos of up to 20 MB can be uploaded: into a private bucket of its own, where they are kept for a day (on or off). */
  readonly uploads?: boolean;
  /** Photos that arrive in a bucket are classified by a second function, by way of a queue that loses none (on or off). */
  readonly stream?: boolean;
  /** Where they arrive; your own bucket must send its events to EventBridge (an S3 bucket or bucket/prefix (without *, ? or $)). */
  readonly inboxBucket?: string;
  /** Most instances at a time that work on the queue, so that the doors keep theirs (a whole number from 2 to 1000, in instances). */
  readonly streamConcurrency?: Input<number>;
  /** Photos that an instance gets at once, if so many are waiting (a whole number from 1 to 10000, in photos). */
  readonly streamBatchSize?: Input<number>;
  /** How long the queue waits for a batch to fill; at least 1 for batches of more than 10 (a whole number from 0 to 300, in s). */
  readonly streamWindowInSeconds?: Input<number>;
  /** Alarm when a photo has been waiting in the queue for longer (a whole number from 60 to 1209600, in s). */
  readonly alarmQueueAgeInSeconds?: Input<number>;
  /** A Distributed Map of Step Functions, to be started over a bucket that is full already (on or off). */
  readonly bulk?: boolean;
  /** Where photos of the backlog may be read from; same account, same region (S3 buckets or bucket/prefix (without *, ? or $), separated by commas). */
  readonly bulkBuckets?: string[];
  /** Most instances at a time that work on the backlog (a whole number from 1 to 10000, in instances). */
  readonly bulkConcurrency?: Input<number>;
  /** Photos that an instance gets at once, as far as their keys fit into 256 KiB (a whole number from 1 to 500, in photos). */
  readonly bulkBatchSize?: Input<number>;
  /** Where results of stream and backlog are written, in your own bucket (an S3 bucket or bucket/prefix (without *, ? or $)). */
  readonly resultsBucket?: string;
  /** S3 tells EventBridge of each result file; for the bucket that the stack makes, in your own you switch that on (on or off). */
  readonly resultEvents?: boolean;
  /** The memory of the function of stream and backlog; from 3538 MB it uses both processors (a whole number from 512 to 10240, in MB). */
  readonly batchMemoryInMb?: Input<number>;
  /** When Lambda ends a call of that function; what is not done by then is handed out again (a whole number from 10 to 240, in s). */
  readonly batchTimeoutInSeconds?: Input<number>;
  /** Labels with their probabilities in each record, the most probable first (a whole number from 1 to 1000, in labels). */
  readonly batchTop?: Input<number>;
  /** Copies photos that it was unsure of, with their answers, into a bucket of their own, for labelling: of stream and backlog (`batches`), or those that callers send as well (`on`); people may be on them (off, batches or on). */
  readonly keepUnsure?: string;
  /** How long such copies are kept (a whole number from 1 to 3650, in days). */
  readonly keepForDays?: Input<number>;
  /** With `keepUnsure`, what share of the photos answered `unsure` or `unfamiliar` is copied (a share from 0 to 1). */
  readonly keepUnsureShare?: Input<number>;
  /** With `keepUnsure`, what share of all answered photos is copied, whatever the verdict (a share from 0 to 1). */
  readonly keepRandomShare?: Input<number>;
  /** More environment variables of the function, kept as secrets (JSON of variables and texts, none of which Lambda reserves or another key sets). */
  readonly environment?: Input<Record<string, string>>;
  /** Whether the HTTP API's access log holds the caller's address (on or off). */
  readonly accessLogAddress?: Input<boolean>;
  /** How long logs are kept (1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288 or 3653, in days). */
  readonly logRetentionInDays?: Input<number>;
  /** The model to serve, as `lambda-lens import` makes it (a directory with model.json, weights.bin, card.json). */
  readonly modelDirectory?: string;
  /** Deployed as it is, with no Docker on this machine (an image in Amazon ECR, such as 123456789012.dkr.ecr.eu-west-1.amazonaws.com/name@sha256:…). */
  readonly imageUri?: string;
  /** The version of the function that stays live whatever is deployed; `lambda-lens rollback` sets it (a whole number from 1 to 1000000000). */
  readonly liveVersion?: Input<number>;
  /** How `npm run deploy` and `lambda-lens rollout` release a new version: to every request, or first to a few that are watched (all-at-once or canary). */
  readonly rollout?: Input<string>;
  /** How many requests a new version gets while it is watched (a whole number from 1 to 99, in %). */
  readonly canaryPercent?: Input<number>;
  /** How long it is watched (a whole number from 1 to 1440, in minutes). */
  readonly canaryMinutes?: Input<number>;
  /** How many requests it must have answered by then, for which it is given as long again (a whole number from 1 to 1000000, in requests). */
  readonly canaryRequests?: Input<number>;
  /** What `lambda-lens off` remembers for `lambda-lens on` (what the command wrote). */
  readonly beforeOff?: Input<string>;
  /** What the function's role may do at most; the deployer's policy asks for `lambda-lens-boundary` (the name or the ARN of a managed policy). */
  readonly permissionsBoundary?: Input<string>;
  /** A repository of your own to push images to, in the same account and region, instead of one that the stack makes (the name of an ECR repository). */
  readonly repository?: Input<string>;
  /** Whether `pulumi destroy` leaves the repository and its images (on or off). */
  readonly retainImages?: boolean;
  /** Where the function runs in your network; it reaches the internet from there only by way of yours (subnets, separated by commas). */
  readonly subnetIds?: string[];
  /** What the function may reach there; goes with `subnetIds` (security groups, separated by commas). */
  readonly securityGroupIds?: Input<string[]>;
  /** Attached to the function's role, beside its own rights (ARNs of managed policies, separated by commas). */
  readonly extraPolicies?: string[];
  /** Encrypts the function's environment, instead of a key of AWS's (the ARN of a KMS key, whose policy lets the function's role decrypt). */
  readonly environmentKey?: Input<string>;
  /** Encrypts the logs, instead of a key of AWS's (the ARN of a KMS key, whose policy lets CloudWatch Logs use it). */
  readonly logKey?: Input<string>;
  /** Keys under which the buckets that you name are encrypted, for the roles to read photos and write results (ARNs of KMS keys, whose policies let roles of this account use them, separated by commas). */
  readonly bucketKeys?: Input<string[]>;
  /** Instances that are kept ready, and paid for, day and night; less than `maximumConcurrency` where that is set (a whole number from 1 to 100000, in instances). */
  readonly provisionedConcurrency?: Input<number>;
  /** Whether new instances are restored from a snapshot of a prepared one, which AWS bills; not together with `provisionedConcurrency` (on or off). */
  readonly snapStart?: boolean;
  /** A name of your own for the HTTP API; the output `domainTarget` is what its CNAME points to (a name such as photos.shop.example). */
  readonly domainName?: Input<string>;
  /** The certificate of `domainName` (the ARN of a certificate in ACM, in the same region). */
  readonly certificateArn?: Input<string>;
  /** On everything, beside these three; the AWS provider's `defaultTags` go before both (JSON of at most 40 names and texts). */
  readonly tags?: Input<Record<string, string>>;
}
