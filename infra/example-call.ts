export interface Doors {
  readonly functionName: string;
  /** Each ends with a slash; undefined where the door is closed. */
  readonly apiUrl: string | undefined;
  readonly functionUrl: string | undefined;
  readonly isFunctionUrlPublic: boolean;
}

/** A line ready to paste that sends photo.jpg through the easiest door that is open. */
export function exampleCall({ functionName, apiUrl, functionUrl, isFunctionUrlPublic }: Doors): string {
  const openUrl = apiUrl ?? (isFunctionUrlPublic ? functionUrl : undefined);
  if (openUrl !== undefined) return `curl --data-binary @photo.jpg ${openUrl}predict`;
  if (functionUrl !== undefined) {
    // https://<id>.lambda-url.<region>.on.aws/; without a session token curl leaves the empty header out.
    const region = new URL(functionUrl).hostname.split('.')[2];
    return (
      `curl --aws-sigv4 aws:amz:${region}:lambda --user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY" ` +
      `--header "x-amz-security-token: $AWS_SESSION_TOKEN" --data-binary @photo.jpg ${functionUrl}predict`
    );
  }
  // By way of a file: a photo is longer than a command line may be.
  return (
    `echo "{\\"image\\":\\"$(base64 < photo.jpg | tr -d '\\n')\\"}" > event.json && aws lambda invoke ` +
    `--function-name ${functionName} --qualifier live --payload fileb://event.json /dev/stdout`
  );
}
