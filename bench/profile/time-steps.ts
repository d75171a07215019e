import type { StoredNode } from '../../model/graph/graph-file.ts';
import { planOperations } from '../../model/plan/operation-table.ts';
import type { PlannedStep, PlanOperation } from '../../model/plan/planner.ts';

/** A step of a plan, with the times that its runs took. */
export interface TimedStep {
  readonly node: StoredNode;
  /** Of the node's tensor. */
  readonly shape: readonly number[];
  readonly milliseconds: number[];
}

/** The operations of a plan, each of whose steps writes down how long it takes. */
export function timedOperations(operations = planOperations): {
  table: ReadonlyMap<string, PlanOperation>;
  steps: TimedStep[];
} {
  const steps: TimedStep[] = [];
  const seen = new WeakSet<PlannedStep>();
  const timed =
    (plan: PlanOperation): PlanOperation =>
    (node, planner) => {
      const tensor = plan(node, planner);
      for (const [index, step] of planner.steps.entries()) {
        // The steps of the node's inputs were planned on the way, and timed as theirs.
        if (seen.has(step)) continue;
        const record: TimedStep = { node, shape: tensor?.shape ?? [], milliseconds: [] };
        const timedStep: PlannedStep = {
          bind(kernels, floats, memory) {
            const run = step.bind(kernels, floats, memory);
            return () => {
              const before = performance.now();
              run();
              record.milliseconds.push(performance.now() - before);
            };
          },
        };
        planner.steps[index] = timedStep;
        seen.add(timedStep);
        steps.push(record);
      }
      return tensor;
    };
  return { table: new Map([...operations].map(([name, plan]) => [name, timed(plan)])), steps };
}
