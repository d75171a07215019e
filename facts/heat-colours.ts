/** 0–255 a channel. */
type HeatColour = readonly [red: number, green: number, blue: number];

/** How an explanation is painted over a photo, on the page and by `lambda-lens classify --explain` alike. */
export const heatColours = {
  /** Where nothing speaks for the label. */
  cold: [32, 32, 160] as HeatColour,
  /** Where most does. */
  warm: [255, 176, 0] as HeatColour,
  /** The photo shows through less and less. */
  leastOpacity: 0.25,
  mostOpacity: 0.65,
} as const;

/** The paint of one place: a colour of 0–255 a channel and an opacity, for a heat of 0–1. */
export function heatPaint(heat: number): { readonly colour: HeatColour; readonly opacity: number } {
  const { cold, warm, leastOpacity, mostOpacity } = heatColours;
  const mix = (channel: 0 | 1 | 2) => cold[channel] + (warm[channel] - cold[channel]) * heat;
  return { colour: [mix(0), mix(1), mix(2)], opacity: leastOpacity + (mostOpacity - leastOpacity) * heat };
}
