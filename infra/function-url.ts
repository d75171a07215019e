import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';

export interface FunctionUrlArgs {
  readonly alias: aws.lambda.Alias;
  /** Whether anyone may call it; otherwise only who signs the request and has the right to. */
  readonly isPublic: boolean;
}

/** The function's own URL. CORS is the function's business: headers from both would double. */
export class FunctionUrl extends pulumi.ComponentResource {
  /** Ends with a slash. */
  readonly url: pulumi.Output<string>;

  constructor(name: string, { alias, isPublic }: FunctionUrlArgs, options?: pulumi.ComponentResourceOptions) {
    super('lambda-lens:infra:FunctionUrl', name, {}, options);
    const parent = { parent: this };
    const target = { functionName: alias.functionName, qualifier: alias.name };

    const functionUrl = new aws.lambda.FunctionUrl(
      name,
      { ...target, authorizationType: isPublic ? 'NONE' : 'AWS_IAM' },
      parent,
    );

    if (isPublic) {
      const anyone = { function: target.functionName, qualifier: target.qualifier, principal: '*' };
      // Since October 2025 a public URL needs both permissions.
      new aws.lambda.Permission(
        `${name}-url`,
        { ...anyone, action: 'lambda:InvokeFunctionUrl', functionUrlAuthType: 'NONE' },
        parent,
      );
      new aws.lambda.Permission(
        `${name}-invoke`,
        { ...anyone, action: 'lambda:InvokeFunction', invokedViaFunctionUrl: true },
        parent,
      );
    }

    this.url = functionUrl.functionUrl;
    this.registerOutputs({ url: this.url });
  }
}
