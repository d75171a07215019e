import { actions, boundaryName, namePrefix, type PolicyDocument, projectTag } from './policy-document.ts';

const role = `arn:aws:iam::*:role/${namePrefix}*`;
const withBoundary = { ArnLike: { 'iam:PermissionsBoundary': `arn:aws:iam::*:policy/${boundaryName}` } };
const taggedInRequest = { StringEquals: { 'aws:RequestTag/project': projectTag } };
const taggedAlready = { StringEquals: { 'aws:ResourceTag/project': projectTag } };

/**
 * All that whoever deploys, examines, rolls out, turns off, rolls back and removes the stack needs. It leads no further: a role
 * that it makes or writes to is held by the boundary, only Lambda gets one handed, and of HTTP APIs only those with the
 * project's tag can be changed.
 */
export function drawDeployerPolicy(): PolicyDocument {
  return {
    Version: '2012-10-17',
    Statement: [
      { Sid: 'SignInToTheRegistry', Effect: 'Allow', Action: ['ecr:GetAuthorizationToken'], Resource: '*' },
      {
        Sid: 'RepositoryAndImages',
        Effect: 'Allow',
        Action: actions(
          'ecr',
          'CreateRepository DescribeRepositories DeleteRepository PutImageScanningConfiguration PutImageTagMutability ' +
            'PutLifecyclePolicy GetLifecyclePolicy DeleteLifecyclePolicy GetRepositoryPolicy SetRepositoryPolicy ' +
            'TagResource UntagResource ListTagsForResource BatchCheckLayerAvailability InitiateLayerUpload UploadLayerPart ' +
            'CompleteLayerUpload PutImage BatchGetImage GetDownloadUrlForLayer DescribeImages BatchDeleteImage',
        ),
        Resource: `arn:aws:ecr:*:*:repository/${namePrefix}*`,
      },
      {
        Sid: 'WriteToBoundedRolesOnly',
        Effect: 'Allow',
        Action: actions('iam', 'CreateRole PutRolePolicy PutRolePermissionsBoundary'),
        Resource: role,
        Condition: withBoundary,
      },
      {
        Sid: 'ExecutionRole',
        Effect: 'Allow',
        Action: actions(
          'iam',
          'GetRole UpdateRole UpdateRoleDescription DeleteRole TagRole UntagRole ListRolePolicies ListAttachedRolePolicies ' +
            'ListInstanceProfilesForRole GetRolePolicy DeleteRolePolicy',
        ),
        Resource: role,
      },
      {
        Sid: 'HandTheRoleToLambdaOnly',
        Effect: 'Allow',
        Action: ['iam:PassRole'],
        Resource: role,
        Condition: { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } },
      },
      {
        Sid: 'FunctionAliasAndUrl',
        Effect: 'Allow',
        Action: actions(
          'lambda',
          'CreateFunction GetFunction GetFunctionConfiguration GetFunctionCodeSigningConfig GetFunctionConcurrency ' +
            'ListVersionsByFunction UpdateFunctionCode UpdateFunctionConfiguration PublishVersion PutFunctionConcurrency ' +
            'DeleteFunctionConcurrency DeleteFunction TagResource UntagResource ListTags CreateAlias GetAlias UpdateAlias ' +
            'DeleteAlias CreateFunctionUrlConfig GetFunctionUrlConfig UpdateFunctionUrlConfig DeleteFunctionUrlConfig ' +
            'AddPermission RemovePermission GetPolicy InvokeFunction InvokeFunctionUrl',
        ),
        Resource: `arn:aws:lambda:*:*:function:${namePrefix}*`,
      },
      {
        Sid: 'StopAndStartQueuesOfTheFunction',
        Effect: 'Allow',
        Action: ['lambda:UpdateEventSourceMapping'],
        Resource: 'arn:aws:lambda:*:*:event-source-mapping:*',
        Condition: { ArnLike: { 'lambda:FunctionArn': `arn:aws:lambda:*:*:function:${namePrefix}*` } },
      },
      {
        Sid: 'MakeTaggedHttpApis',
        Effect: 'Allow',
        Action: actions('apigateway', 'POST TagResource'),
        // The second is what API Gateway asks about while it makes one; a tag on another API has its ARN at the end.
        Resource: ['arn:aws:apigateway:*::/apis', 'arn:aws:apigateway:*::/tags/'],
        Condition: taggedInRequest,
      },
      {
        Sid: 'HttpApiOfTheProject',
        Effect: 'Allow',
        Action: actions('apigateway', 'POST GET PATCH PUT DELETE TagResource UntagResource'),
        Resource: ['arn:aws:apigateway:*::/apis/*', 'arn:aws:apigateway:*::/tags/*'],
        Condition: taggedAlready,
      },
      {
        Sid: 'LogGroups',
        Effect: 'Allow',
        Action: actions(
          'logs',
          'CreateLogGroup PutRetentionPolicy DeleteRetentionPolicy DeleteLogGroup TagResource UntagResource ' +
            'ListTagsForResource FilterLogEvents',
        ),
        Resource: [
          `arn:aws:logs:*:*:log-group:/aws/lambda/${namePrefix}*`,
          `arn:aws:logs:*:*:log-group:/aws/vendedlogs/${namePrefix}*`,
        ],
      },
      {
        Sid: 'AlarmsDashboardTopic',
        Effect: 'Allow',
        Action: [
          ...actions(
            'cloudwatch',
            'PutMetricAlarm DescribeAlarms DeleteAlarms PutDashboard GetDashboard DeleteDashboards TagResource ' +
              'UntagResource ListTagsForResource',
          ),
          ...actions(
            'sns',
            'CreateTopic GetTopicAttributes SetTopicAttributes DeleteTopic Subscribe TagResource UntagResource ListTagsForResource',
          ),
        ],
        Resource: [
          `arn:aws:cloudwatch:*:*:alarm:${namePrefix}*`,
          `arn:aws:cloudwatch::*:dashboard/${namePrefix}*`,
          `arn:aws:sns:*:*:${namePrefix}*`,
        ],
      },
      {
        Sid: 'Budget',
        Effect: 'Allow',
        Action: actions('budgets', 'ViewBudget ModifyBudget TagResource UntagResource ListTagsForResource'),
        Resource: `arn:aws:budgets::*:budget/${namePrefix}*`,
      },
      {
        Sid: 'WhatHasNoResourceToName',
        Effect: 'Allow',
        Action: [
          ...actions('lambda', 'GetAccountSettings ListEventSourceMappings'),
          'tag:GetResources',
          'cloudwatch:GetMetricData',
          ...actions('sns', 'GetSubscriptionAttributes Unsubscribe'),
          ...actions(
            'logs',
            'DescribeLogGroups CreateLogDelivery GetLogDelivery UpdateLogDelivery DeleteLogDelivery ListLogDeliveries ' +
              'PutResourcePolicy DescribeResourcePolicies',
          ),
        ],
        Resource: '*',
      },
    ],
  };
}
