/** Second bytes of the markers that the decoder tells apart (ITU-T T.81, table B.1); the first byte is always 0xFF. */
export const marker = {
  sof0: 0xc0,
  dht: 0xc4,
  jpg: 0xc8,
  sof15: 0xcf,
  dac: 0xcc,
  rst0: 0xd0,
  rst7: 0xd7,
  soi: 0xd8,
  eoi: 0xd9,
  sos: 0xda,
  dqt: 0xdb,
  dnl: 0xdc,
  dri: 0xdd,
  dhp: 0xde,
  app0: 0xe0,
  app1: 0xe1,
  app14: 0xee,
  app15: 0xef,
  /** JPEG-LS start of frame (ITU-T T.87). */
  sof55: 0xf7,
  com: 0xfe,
  tem: 0x01,
} as const;

export function isRestart(code: number): boolean {
  return code >= marker.rst0 && code <= marker.rst7;
}

/** SOF0 to SOF15 without the three codes of that range that mean something else, and JPEG-LS's own. */
export function isStartOfFrame(code: number): boolean {
  if (code === marker.sof55) return true;
  return (
    code >= marker.sof0 && code <= marker.sof15 && code !== marker.dht && code !== marker.jpg && code !== marker.dac
  );
}

/** Comments and the segments of applications, without which there is the same picture. */
export function isPassedOver(code: number): boolean {
  return code === marker.com || (code >= marker.app0 && code <= marker.app15);
}

/** What may follow the data of a scan. */
export function mayFollowScan(code: number): boolean {
  return (
    code === marker.eoi ||
    code === marker.sos ||
    code === marker.dht ||
    code === marker.dqt ||
    code === marker.dri ||
    code === marker.dnl ||
    isPassedOver(code)
  );
}

/** Markers that stand alone, without a length and a payload behind them. */
export function isStandalone(code: number): boolean {
  return isRestart(code) || code === marker.soi || code === marker.eoi || code === marker.tem;
}
