import type { NativeModule } from '../interpreter-api.ts';

/** The modules that are written in TypeScript, by name. */
export const nativeModules: Readonly<Record<string, NativeModule | undefined>> = {};
