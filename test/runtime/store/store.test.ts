import { DatabaseSync } from 'node:sqlite';
import { memoryStore } from '../../../lib/runtime/store/memory';
import { sqliteStore } from '../../../lib/runtime/store/sqlite';
import { storeContract } from '../../contracts/store.contract';

storeContract('memory', memoryStore);
storeContract('sqlite', (now) =>
	sqliteStore({ path: ':memory:', open: () => new DatabaseSync(':memory:'), now }),
);
