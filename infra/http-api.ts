import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { encryptedBy } from './encrypted-by.ts';
import type { Tags } from './resource-tags.ts';
import type { SettingInputs } from './settings.ts';

/** API Gateway's longest; the function's own timeout is shorter. */
const integrationTimeoutInMilliseconds = 30_000;

/** One line of JSON for each request. */
function accessLogFormat(hasAddress: boolean): string {
  return JSON.stringify({
    requestId: '$context.requestId',
    time: '$context.requestTime',
    ...(hasAddress && { ip: '$context.identity.sourceIp' }),
    method: '$context.httpMethod',
    path: '$context.path',
    status: '$context.status',
    responseLength: '$context.responseLength',
    latencyMs: '$context.responseLatency',
    integrationError: '$context.integrationErrorMessage',
  });
}

export interface HttpApiArgs {
  readonly alias: aws.lambda.Alias;
  readonly settings: Pick<
    SettingInputs,
    | 'throttleRate'
    | 'throttleBurst'
    | 'jwtIssuer'
    | 'jwtAudience'
    | 'logRetentionInDays'
    | 'accessLogAddress'
    | 'logKey'
    | 'domainName'
    | 'certificateArn'
  >;
  readonly tags: Tags;
}

/** The public door with a throttle: every method and path goes to the function, which knows its routes and CORS. */
export class HttpApi extends pulumi.ComponentResource {
  /** Ends with a slash. */
  readonly url: pulumi.Output<string>;
  /** What the CNAME of the owner's name points to; undefined without such a name. */
  readonly domainTarget: pulumi.Output<string> | undefined;

  constructor(name: string, { alias, settings, tags }: HttpApiArgs, options?: pulumi.ComponentResourceOptions) {
    super('lambda-lens:infra:HttpApi', name, {}, options);
    const parent = { parent: this };

    const api = new aws.apigatewayv2.Api(name, { protocolType: 'HTTP', tags }, parent);

    const integration = new aws.apigatewayv2.Integration(
      name,
      {
        apiId: api.id,
        integrationType: 'AWS_PROXY',
        integrationUri: alias.invokeArn,
        payloadFormatVersion: '2.0',
        timeoutMilliseconds: integrationTimeoutInMilliseconds,
      },
      parent,
    );

    const target = pulumi.interpolate`integrations/${integration.id}`;
    const { jwtIssuer, jwtAudience } = settings;
    const authorizer =
      jwtIssuer === undefined
        ? undefined
        : new aws.apigatewayv2.Authorizer(
            name,
            {
              apiId: api.id,
              authorizerType: 'JWT',
              name: 'jwt',
              identitySources: ['$request.header.Authorization'],
              jwtConfiguration: { issuer: jwtIssuer, audiences: copied(jwtAudience) },
            },
            parent,
          );
    new aws.apigatewayv2.Route(
      name,
      {
        ...{ apiId: api.id, routeKey: '$default', target },
        ...(authorizer !== undefined && { authorizationType: 'JWT', authorizerId: authorizer.id }),
      },
      parent,
    );
    // Browsers send no token along when they ask whether they may, and would be answered by 401.
    for (const path of authorizer === undefined ? [] : ['/', '/{proxy+}']) {
      const suffix = path === '/' ? 'root' : 'all';
      new aws.apigatewayv2.Route(
        `${name}-preflight-${suffix}`,
        { apiId: api.id, routeKey: `OPTIONS ${path}`, target },
        parent,
      );
    }

    // Only this API's own routes may invoke the alias.
    new aws.lambda.Permission(
      name,
      {
        function: alias.functionName,
        qualifier: alias.name,
        action: 'lambda:InvokeFunction',
        principal: 'apigateway.amazonaws.com',
        sourceArn: pulumi.interpolate`${api.executionArn}/*/$default`,
      },
      parent,
    );
    if (authorizer !== undefined) {
      new aws.lambda.Permission(
        `${name}-preflight`,
        {
          function: alias.functionName,
          qualifier: alias.name,
          action: 'lambda:InvokeFunction',
          principal: 'apigateway.amazonaws.com',
          sourceArn: pulumi.interpolate`${api.executionArn}/*/OPTIONS/*`,
        },
        parent,
      );
    }

    // Under /aws/vendedlogs/ API Gateway needs no entry of its own in the account's log policy, whose size is limited.
    const accessLog = new aws.cloudwatch.LogGroup(
      `/aws/vendedlogs/${name}`,
      { retentionInDays: settings.logRetentionInDays, ...encryptedBy(settings.logKey), tags },
      parent,
    );

    const stage = new aws.apigatewayv2.Stage(
      name,
      {
        apiId: api.id,
        name: '$default',
        autoDeploy: true,
        defaultRouteSettings: {
          throttlingRateLimit: settings.throttleRate,
          throttlingBurstLimit: settings.throttleBurst,
        },
        accessLogSettings: {
          destinationArn: accessLog.arn,
          format: pulumi.output(settings.accessLogAddress).apply((hasAddress) => accessLogFormat(hasAddress)),
        },
        tags,
      },
      parent,
    );

    // A name of the owner's, whose CNAME points to what API Gateway makes of it.
    const { domainName, certificateArn } = settings;
    if (domainName !== undefined && certificateArn !== undefined) {
      const domain = new aws.apigatewayv2.DomainName(
        name,
        {
          domainName,
          domainNameConfiguration: { certificateArn, endpointType: 'REGIONAL', securityPolicy: 'TLS_1_2' },
          tags,
        },
        parent,
      );
      new aws.apigatewayv2.ApiMapping(name, { apiId: api.id, domainName: domain.id, stage: stage.id }, parent);
      this.domainTarget = domain.domainNameConfiguration.targetDomainName;
    }

    this.url = stage.invokeUrl.apply((url) => url.replace(/\/*$/, '/'));
    this.registerOutputs({ url: this.url });
  }
}

/** Pulumi's types ask for a list that may be written to. */
function copied(list: pulumi.Input<readonly string[]>): pulumi.Output<string[]> {
  return pulumi.output(list).apply((entries) => [...entries]);
}
