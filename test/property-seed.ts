import fc from 'fast-check';

/**
 * Property tests look somewhere else every time, except on a build server: there a change is judged
 * by the same examples as the one before it. `PROPERTY_SEED` repeats a run.
 */
const { CI, PROPERTY_SEED } = process.env;
const seed = PROPERTY_SEED ?? (CI ? '20261128' : undefined);
if (seed !== undefined) fc.configureGlobal({ seed: Number(seed) });
