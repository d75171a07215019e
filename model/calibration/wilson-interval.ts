const standardDeviationsOf95Percent = 1.959964;

/** The 95 % interval of a share seen as `hits` of `trials` (Wilson, 1927); 0 to 1 where there were no trials. */
export function wilsonInterval(
  hits: number,
  trials: number,
  deviations: number = standardDeviationsOf95Percent,
): { low: number; high: number } {
  if (trials === 0) return { low: 0, high: 1 };
  const share = hits / trials;
  const square = deviations ** 2;
  const centre = share + square / (2 * trials);
  const spread = deviations * Math.sqrt((share * (1 - share)) / trials + square / (4 * trials ** 2));
  const scale = 1 + square / trials;
  return { low: Math.max(0, (centre - spread) / scale), high: Math.min(1, (centre + spread) / scale) };
}
