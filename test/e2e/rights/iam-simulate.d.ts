// What simulate.ts takes of the evaluator: it is installed here alone, and the types of the project are checked without it.
declare module '@cloud-copilot/iam-simulate' {
  interface NamedPolicy {
    readonly name: string;
    readonly policy: object;
  }

  export interface Simulation {
    readonly request: {
      readonly principal: string;
      readonly action: string;
      readonly resource: { readonly resource: string; readonly accountId: string };
      readonly contextVariables: Readonly<Record<string, string>>;
    };
    readonly identityPolicies: readonly NamedPolicy[];
    readonly serviceControlPolicies: readonly never[];
    readonly resourceControlPolicies: readonly never[];
    readonly permissionBoundaryPolicies?: readonly NamedPolicy[];
    readonly resourcePolicy?: object;
  }

  export type SimulationResult =
    | { readonly resultType: 'error'; readonly errors: unknown }
    | {
        readonly resultType: 'single' | 'wildcard';
        readonly overallResult: 'Allowed' | 'ImplicitlyDenied' | 'ExplicitlyDenied';
      };

  export function runSimulation(simulation: Simulation, options: object): Promise<SimulationResult>;
  export function runUnsafeSimulation(simulation: Simulation, options: object): string;
}
