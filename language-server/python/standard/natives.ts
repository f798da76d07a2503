/** The modules that are written in TypeScript. */
import { builtinNames } from '../builtins/index.ts';
import type { NativeModule } from '../interpreter-api.ts';
import { native } from '../native.ts';
import type { Value } from '../values/index.ts';
import { analysisModule } from './analysis.ts';
import { jsonModule } from './json.ts';
import { mathModule } from './math.ts';
import { reModule } from './re.ts';
import { unknownModules } from './unknown-modules.ts';

const modules: ReadonlyMap<string, NativeModule> = new Map([
  ['_analysis', analysisModule],
  ['builtins', { load: () => Object.fromEntries(builtinNames()) }],
  ['json', jsonModule],
  ['json.decoder', jsonModule],
  ['json.encoder', jsonModule],
  ['math', mathModule],
  ['re', reModule],
]);

/** The native module of a name; undefined where it is none. */
export function nativeModule(name: string): NativeModule | undefined {
  return modules.get(name) ?? (unknownModules.has(name.split('.')[0]) ? unknownModule(name) : undefined);
}

/** A module whose every name is unknown: importing it is no gap, since it shapes no model. */
function unknownModule(name: string): NativeModule {
  return {
    load: (interpreter) => ({
      __getattr__: native('__getattr__', 'name', (_interpreter, attribute: Value) => {
        if (/^__\w+__$/.test(String(attribute))) throw interpreter.error(interpreter.builtins.get('AttributeError') as never, `module '${name}' has no attribute '${String(attribute)}'`);
        return interpreter.unknown(`${name}.${String(attribute)} is not followed`);
      }),
    }),
  };
}
