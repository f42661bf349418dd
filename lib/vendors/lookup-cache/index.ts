export { lookupCache, type CacheOptions, type LookupCache } from './cache';
export { cacheKeys, companyKey, keptAs, lookupKey, subjectOf } from './key';
export type { Kept } from './kept';
