import { account, type Call } from './simulate.ts';

export const region = 'eu-west-1';
const name = 'lambda-lens-9b72c82';
const project = 'lambda-lens';
const boundary = { 'iam:PermissionsBoundary': `arn:aws:iam::${account}:policy/lambda-lens-boundary` };
const tagged = { 'aws:ResourceTag/project': project };

export const repository = `arn:aws:ecr:${region}:${account}:repository/${name}`;
export const role = `arn:aws:iam::${account}:role/${name}`;
export const lambda = `arn:aws:lambda:${region}:${account}:function:${name}`;
export const api = `arn:aws:apigateway:${region}::/apis/d066462cec`;
const alarm = `arn:aws:cloudwatch:${region}:${account}:alarm:${name}-errors-1234567`;
const dashboard = `arn:aws:cloudwatch::${account}:dashboard/${name}`;
const budget = `arn:aws:budgets::${account}:budget/${name}`;
const topic = `arn:aws:sns:${region}:${account}:${name}-alarms-1234567`;
const logGroup = `arn:aws:logs:${region}:${account}:log-group:/aws/lambda/${name}:*`;

export function calls(
  service: string,
  names: string,
  resource: string,
  context: Call['context'] = {},
): readonly Call[] {
  return names.split(' ').map((action) => ({ action: `${service}:${action}`, resource, context }));
}

const tagsOf = (arn: string) => `arn:aws:apigateway:${region}::/tags/${encodeURIComponent(arn)}`;
const ofApi = (names: string, resource: string) => calls('apigateway', names, resource, tagged);

/**
 * What the providers call to make, read, change, tag and delete each resource type. From Terraform's AWS provider, which
 * Pulumi's runs on: internal/service/{ecr,iam,lambda,logs,apigatewayv2} in github.com/hashicorp/terraform-provider-aws; for
 * images from github.com/pulumi/pulumi-docker-build and what `docker push` asks of a registry.
 */
export const callsByType: Readonly<Record<string, readonly Call[]>> = {
  // ecr/repository.go, ecr/lifecycle_policy.go
  'awsx:ecr:Repository': [
    ...calls('ecr', 'CreateRepository', repository, { 'aws:RequestTag/project': project }),
    ...calls('ecr', 'DescribeRepositories DeleteRepository TagResource UntagResource ListTagsForResource', repository),
    ...calls('ecr', 'PutImageScanningConfiguration PutImageTagMutability', repository),
    ...calls('ecr', 'PutLifecyclePolicy GetLifecyclePolicy DeleteLifecyclePolicy', repository),
  ],
  // https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-push-iam.html
  'docker-build:index:Image': [
    ...calls('ecr', 'GetAuthorizationToken', '*'),
    ...calls('ecr', 'BatchCheckLayerAvailability InitiateLayerUpload UploadLayerPart CompleteLayerUpload', repository),
    ...calls('ecr', 'PutImage BatchGetImage GetDownloadUrlForLayer DescribeImages BatchDeleteImage', repository),
  ],
  // iam/role.go
  'aws:iam/role:Role': [
    ...calls('iam', 'CreateRole PutRolePermissionsBoundary', role, boundary),
    ...calls('iam', 'GetRole UpdateRole UpdateRoleDescription DeleteRole TagRole UntagRole', role),
    ...calls('iam', 'ListRolePolicies ListAttachedRolePolicies ListInstanceProfilesForRole', role),
  ],
  // iam/role_policy.go
  'aws:iam/rolePolicy:RolePolicy': [
    ...calls('iam', 'PutRolePolicy', role, boundary),
    ...calls('iam', 'GetRolePolicy DeleteRolePolicy', role),
  ],
  // lambda/function.go
  'aws:lambda/function:Function': [
    ...calls('lambda', 'CreateFunction GetFunction GetFunctionConfiguration GetFunctionCodeSigningConfig', lambda),
    ...calls('lambda', 'ListVersionsByFunction UpdateFunctionCode UpdateFunctionConfiguration PublishVersion', lambda),
    ...calls('lambda', 'GetFunctionConcurrency PutFunctionConcurrency DeleteFunctionConcurrency', lambda),
    ...calls('lambda', 'DeleteFunction TagResource UntagResource ListTags', lambda),
    ...calls('iam', 'PassRole', role, { 'iam:PassedToService': 'lambda.amazonaws.com' }),
    // https://docs.aws.amazon.com/lambda/latest/dg/images-create.html: Lambda adds itself to the repository's policy in
    // the deployer's name.
    ...calls('ecr', 'GetRepositoryPolicy SetRepositoryPolicy BatchGetImage GetDownloadUrlForLayer', repository),
  ],
  // lambda/alias.go
  'aws:lambda/alias:Alias': calls('lambda', 'CreateAlias GetAlias UpdateAlias DeleteAlias', lambda),
  // lambda/function_url.go
  'aws:lambda/functionUrl:FunctionUrl': [
    ...calls('lambda', 'CreateFunctionUrlConfig GetFunctionUrlConfig UpdateFunctionUrlConfig', lambda),
    ...calls('lambda', 'DeleteFunctionUrlConfig', lambda),
  ],
  // lambda/permission.go
  'aws:lambda/permission:Permission': calls('lambda', 'AddPermission RemovePermission GetPolicy', lambda),
  // logs/group.go
  'aws:cloudwatch/logGroup:LogGroup': [
    ...calls('logs', 'CreateLogGroup PutRetentionPolicy DeleteRetentionPolicy DeleteLogGroup', logGroup),
    ...calls('logs', 'TagResource UntagResource ListTagsForResource', logGroup),
    ...calls('logs', 'DescribeLogGroups', '*'),
  ],
  // cloudwatch/metric_alarm.go
  'aws:cloudwatch/metricAlarm:MetricAlarm': [
    ...calls('cloudwatch', 'PutMetricAlarm DescribeAlarms DeleteAlarms', alarm),
    ...calls('cloudwatch', 'TagResource UntagResource ListTagsForResource', alarm),
  ],
  // cloudwatch/dashboard.go
  'aws:cloudwatch/dashboard:Dashboard': calls('cloudwatch', 'PutDashboard GetDashboard DeleteDashboards', dashboard),
  // sns/topic.go
  'aws:sns/topic:Topic': [
    ...calls('sns', 'CreateTopic GetTopicAttributes SetTopicAttributes DeleteTopic', topic),
    ...calls('sns', 'TagResource UntagResource ListTagsForResource', topic),
  ],
  // sns/topic_subscription.go
  'aws:sns/topicSubscription:TopicSubscription': [
    ...calls('sns', 'Subscribe', topic),
    ...calls('sns', 'GetSubscriptionAttributes Unsubscribe', '*'),
  ],
  // budgets/budget.go; https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsbudgetservice.html
  'aws:budgets/budget:Budget': calls(
    'budgets',
    'ViewBudget ModifyBudget TagResource UntagResource ListTagsForResource',
    budget,
  ),
  // apigatewayv2/authorizer.go
  'aws:apigatewayv2/authorizer:Authorizer': [
    ...ofApi('POST', `${api}/authorizers`),
    ...ofApi('GET PATCH DELETE', `${api}/authorizers/abc`),
  ],
  // apigatewayv2/api.go; https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-tagging-iam-policy.html
  'aws:apigatewayv2/api:Api': [
    ...calls('apigateway', 'POST TagResource', `arn:aws:apigateway:${region}::/apis`, {
      'aws:RequestTag/project': project,
    }),
    ...ofApi('GET PATCH PUT DELETE TagResource UntagResource', api),
    ...ofApi('GET POST DELETE', tagsOf(api)),
  ],
  // apigatewayv2/integration.go
  'aws:apigatewayv2/integration:Integration': [
    ...ofApi('POST', `${api}/integrations`),
    ...ofApi('GET PATCH DELETE', `${api}/integrations/abc`),
  ],
  // apigatewayv2/route.go
  'aws:apigatewayv2/route:Route': [
    ...ofApi('POST', `${api}/routes`),
    ...ofApi('GET PATCH DELETE', `${api}/routes/abc`),
  ],
  // apigatewayv2/stage.go
  'aws:apigatewayv2/stage:Stage': [
    ...ofApi('POST TagResource', `${api}/stages`),
    ...ofApi('GET PATCH DELETE TagResource UntagResource', `${api}/stages/$default`),
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging.html: the access log is a log
    // delivery, which the caller sets up by way of API Gateway.
    ...calls('logs', 'CreateLogDelivery GetLogDelivery UpdateLogDelivery DeleteLogDelivery ListLogDeliveries', '*'),
    ...calls('logs', 'PutResourcePolicy DescribeResourcePolicies DescribeLogGroups', '*'),
  ],
};

/** What the commands call, each method of the SDK by the action of the same name. */
export const callsByCommand: Readonly<Record<string, readonly Call[]>> = {
  doctor: [
    ...calls('sts', 'GetCallerIdentity', '*'),
    ...calls('lambda', 'GetAccountSettings', '*'),
    ...calls('lambda', 'GetFunction GetFunctionConcurrency GetFunctionUrlConfig GetPolicy', lambda),
    ...calls('lambda', 'InvokeFunction InvokeFunctionUrl', `${lambda}:live`),
    ...calls('ecr', 'BatchGetImage GetDownloadUrlForLayer', repository),
  ],
  off: [
    ...calls('lambda', 'GetFunctionConcurrency PutFunctionConcurrency DeleteFunctionConcurrency', lambda),
    ...calls('lambda', 'ListEventSourceMappings', '*'),
    ...calls('lambda', 'UpdateEventSourceMapping', `arn:aws:lambda:${region}:${account}:event-source-mapping:1`, {
      'lambda:FunctionArn': lambda,
    }),
  ],
  rollback: [
    ...calls('lambda', 'GetAlias UpdateAlias ListVersionsByFunction GetFunction', lambda),
    ...calls('ecr', 'BatchGetImage PutImage', repository),
  ],
  // Beside those of rollback. A deploy that holds a version makes the same.
  rollout: [
    ...calls('lambda', 'GetFunctionConcurrency GetFunctionConfiguration', lambda),
    ...calls('lambda', 'InvokeFunction', `${lambda}:4`),
    ...calls('cloudwatch', 'GetMetricData', '*'),
    ...calls('logs', 'FilterLogEvents', logGroup),
  ],
  // Beside those of doctor, off and rollback. https://docs.amazonaws.cn/en_us/service-authorization/latest/reference/list_amazonresourcegrouptaggingapi.md
  'verify:aws': [...calls('tag', 'GetResources', '*')],
  status: [
    ...calls('lambda', 'GetAlias ListVersionsByFunction GetFunction GetFunctionConcurrency', lambda),
    ...calls('logs', 'FilterLogEvents', logGroup),
  ],
};
