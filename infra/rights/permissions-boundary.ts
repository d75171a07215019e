import { namePrefix, type PolicyDocument } from './policy-document.ts';

/**
 * What the function's role may do at most, whatever a deployer writes into it: its log, photos of these places, and
 * no call to a function any more.
 * @param photoPlaces bucket or bucket/prefix, as in the setting `photoBuckets`
 */
export function drawPermissionsBoundary(photoPlaces: readonly string[] = []): PolicyDocument {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'WriteTheLog',
        Effect: 'Allow',
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: `arn:aws:logs:*:*:log-group:/aws/lambda/${namePrefix}*`,
      },
      {
        // Of the function that `automaticOff` makes.
        Sid: 'TurnTheFunctionOff',
        Effect: 'Allow',
        Action: ['lambda:PutFunctionConcurrency'],
        Resource: `arn:aws:lambda:*:*:function:${namePrefix}*`,
      },
      ...(photoPlaces.length === 0
        ? []
        : [
            {
              Sid: 'ReadPhotos',
              Effect: 'Allow' as const,
              Action: ['s3:GetObject'],
              Resource: photoPlaces.map((place) => `arn:aws:s3:::${place.includes('/') ? place : `${place}/`}*`),
            },
          ]),
    ],
  };
}
