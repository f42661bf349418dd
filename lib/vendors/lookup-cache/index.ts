export { lookupCache, type CacheOptions, type LookupCache } from './cache';
export { cacheKeys, companyKey, lookupKey, subjectOf } from './key';
export type { Kept } from './kept';
