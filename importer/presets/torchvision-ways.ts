/** What `weights.transforms()` of torchvision 0.29 does, for each of its weights of ImageNet's labels. */
export interface TorchvisionWay {
  /** The shorter side becomes this long, in pixels. */
  readonly resize: number;
  /** The side of the square that is cut out of the centre after. */
  readonly crop: number;
  readonly interpolation: 'bilinear' | 'bicubic';
  /** `imageNet`: by the mean and deviation of its pixels; `half`: both 0.5. */
  readonly normalisation: 'imageNet' | 'half';
  /** Without the `IMAGENET1K_` in front. */
  readonly weights: string;
  /** Without the `_Weights` behind. */
  readonly models: string;
}

/**
 * One row for all models that share a way, made from `torchvision.models.get_model_weights(name)` by a loop over
 * `torchvision.models.list_models()`. VGG16's IMAGENET1K_FEATURES, which end before the labels, are left out.
 */
export const torchvisionWays: readonly TorchvisionWay[] = [
  {
    resize: 224,
    crop: 224,
    interpolation: 'bicubic',
    normalisation: 'imageNet',
    weights: 'SWAG_LINEAR_V1',
    models: 'RegNet_Y_128GF RegNet_Y_16GF RegNet_Y_32GF ViT_B_16 ViT_H_14 ViT_L_16',
  },
  { resize: 224, crop: 224, interpolation: 'bicubic', normalisation: 'imageNet', weights: 'V1', models: 'MaxVit_T' },
  {
    resize: 230,
    crop: 224,
    interpolation: 'bilinear',
    normalisation: 'imageNet',
    weights: 'V1',
    models: 'ConvNeXt_Small',
  },
  { resize: 232, crop: 224, interpolation: 'bicubic', normalisation: 'imageNet', weights: 'V1', models: 'Swin_T' },
  {
    resize: 232,
    crop: 224,
    interpolation: 'bilinear',
    normalisation: 'imageNet',
    weights: 'V1',
    models:
      'ConvNeXt_Base ConvNeXt_Large MNASNet0_75 MNASNet1_3 ResNeXt101_64X4D ShuffleNet_V2_X1_5 ShuffleNet_V2_X2_0',
  },
  {
    resize: 232,
    crop: 224,
    interpolation: 'bilinear',
    normalisation: 'imageNet',
    weights: 'V2',
    models:
      'MobileNet_V2 MobileNet_V3_Large RegNet_X_16GF RegNet_X_1_6GF RegNet_X_32GF RegNet_X_3_2GF RegNet_X_400MF RegNet_X_800MF RegNet_X_8GF RegNet_Y_16GF RegNet_Y_1_6GF RegNet_Y_32GF RegNet_Y_3_2GF RegNet_Y_400MF RegNet_Y_800MF RegNet_Y_8GF ResNeXt101_32X8D ResNeXt50_32X4D ResNet101 ResNet152 ResNet50 Wide_ResNet101_2 Wide_ResNet50_2',
  },
  {
    resize: 236,
    crop: 224,
    interpolation: 'bilinear',
    normalisation: 'imageNet',
    weights: 'V1',
    models: 'ConvNeXt_Tiny',
  },
  { resize: 238, crop: 224, interpolation: 'bicubic', normalisation: 'imageNet', weights: 'V1', models: 'Swin_B' },
  { resize: 242, crop: 224, interpolation: 'bilinear', normalisation: 'imageNet', weights: 'V1', models: 'ViT_L_16' },
  { resize: 246, crop: 224, interpolation: 'bicubic', normalisation: 'imageNet', weights: 'V1', models: 'Swin_S' },
  {
    resize: 255,
    crop: 240,
    interpolation: 'bilinear',
    normalisation: 'imageNet',
    weights: 'V2',
    models: 'EfficientNet_B1',
  },
  {
    resize: 256,
    crop: 224,
    interpolation: 'bicubic',
    normalisation: 'imageNet',
    weights: 'V1',
    models: 'EfficientNet_B0',
  },
  {
    resize: 256,
    crop: 224,
    interpolation: 'bilinear',
    normalisation: 'imageNet',
    weights: 'V1',
    models:
      'AlexNet DenseNet121 DenseNet161 DenseNet169 DenseNet201 GoogLeNet MNASNet0_5 MNASNet1_0 MobileNet_V2 MobileNet_V3_Large MobileNet_V3_Small RegNet_X_16GF RegNet_X_1_6GF RegNet_X_32GF RegNet_X_3_2GF RegNet_X_400MF RegNet_X_800MF RegNet_X_8GF RegNet_Y_16GF RegNet_Y_1_6GF RegNet_Y_32GF RegNet_Y_3_2GF RegNet_Y_400MF RegNet_Y_800MF RegNet_Y_8GF ResNeXt101_32X8D ResNeXt50_32X4D ResNet101 ResNet152 ResNet18 ResNet34 ResNet50 ShuffleNet_V2_X0_5 ShuffleNet_V2_X1_0 SqueezeNet1_0 SqueezeNet1_1 VGG11 VGG11_BN VGG13 VGG13_BN VGG16 VGG16_BN VGG19 VGG19_BN ViT_B_16 ViT_B_32 ViT_L_32 Wide_ResNet101_2 Wide_ResNet50_2',
  },
  {
    resize: 256,
    crop: 240,
    interpolation: 'bicubic',
    normalisation: 'imageNet',
    weights: 'V1',
    models: 'EfficientNet_B1',
  },
  {
    resize: 260,
    crop: 256,
    interpolation: 'bicubic',
    normalisation: 'imageNet',
    weights: 'V1',
    models: 'Swin_V2_S Swin_V2_T',
  },
  { resize: 272, crop: 256, interpolation: 'bicubic', normalisation: 'imageNet', weights: 'V1', models: 'Swin_V2_B' },
  {
    resize: 288,
    crop: 288,
    interpolation: 'bicubic',
    normalisation: 'imageNet',
    weights: 'V1',
    models: 'EfficientNet_B2',
  },
  {
    resize: 320,
    crop: 300,
    interpolation: 'bicubic',
    normalisation: 'imageNet',
    weights: 'V1',
    models: 'EfficientNet_B3',
  },
  {
    resize: 342,
    crop: 299,
    interpolation: 'bilinear',
    normalisation: 'imageNet',
    weights: 'V1',
    models: 'Inception_V3',
  },
  {
    resize: 384,
    crop: 380,
    interpolation: 'bicubic',
    normalisation: 'imageNet',
    weights: 'V1',
    models: 'EfficientNet_B4',
  },
  {
    resize: 384,
    crop: 384,
    interpolation: 'bicubic',
    normalisation: 'imageNet',
    weights: 'SWAG_E2E_V1',
    models: 'RegNet_Y_128GF RegNet_Y_16GF RegNet_Y_32GF ViT_B_16',
  },
  {
    resize: 384,
    crop: 384,
    interpolation: 'bilinear',
    normalisation: 'imageNet',
    weights: 'V1',
    models: 'EfficientNet_V2_S',
  },
  {
    resize: 456,
    crop: 456,
    interpolation: 'bicubic',
    normalisation: 'imageNet',
    weights: 'V1',
    models: 'EfficientNet_B5',
  },
  {
    resize: 480,
    crop: 480,
    interpolation: 'bicubic',
    normalisation: 'half',
    weights: 'V1',
    models: 'EfficientNet_V2_L',
  },
  {
    resize: 480,
    crop: 480,
    interpolation: 'bilinear',
    normalisation: 'imageNet',
    weights: 'V1',
    models: 'EfficientNet_V2_M',
  },
  {
    resize: 512,
    crop: 512,
    interpolation: 'bicubic',
    normalisation: 'imageNet',
    weights: 'SWAG_E2E_V1',
    models: 'ViT_L_16',
  },
  {
    resize: 518,
    crop: 518,
    interpolation: 'bicubic',
    normalisation: 'imageNet',
    weights: 'SWAG_E2E_V1',
    models: 'ViT_H_14',
  },
  {
    resize: 528,
    crop: 528,
    interpolation: 'bicubic',
    normalisation: 'imageNet',
    weights: 'V1',
    models: 'EfficientNet_B6',
  },
  {
    resize: 600,
    crop: 600,
    interpolation: 'bicubic',
    normalisation: 'imageNet',
    weights: 'V1',
    models: 'EfficientNet_B7',
  },
];
