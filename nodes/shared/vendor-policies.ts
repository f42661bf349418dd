import type { IExecuteFunctions } from 'n8n-workflow';
import type { HttpCall, HttpPolicy, HttpResponse } from '../../lib/runtime/http';
import { circuit } from '../../lib/runtime/policies/circuit';
import { circuitMirror } from '../../lib/runtime/policies/circuit-mirror';
import { DEFAULT_CIRCUIT } from '../../lib/runtime/policies/circuit-state';
import { coalesce } from '../../lib/runtime/policies/coalesce';
import { limit, rateGate, type LimitPolicy } from '../../lib/runtime/policies/limit';
import type { Store } from '../../lib/runtime/store/port';
import type { Context, Vendor } from './context';
import { openStore } from './store';

/** Above what the vendors' plans allow, so that it is a vendor's own 429 that slows us; it only stops a runaway. */
const GENEROUS: LimitPolicy = {
	rate: { kind: 'bucket', capacity: 1_000, refillPerSecond: 100 },
	concurrency: 20,
};

/** What this process knows of a vendor's account. Kept between executions; as many as there are credentials. */
type Account = ReturnType<typeof openAccount>;
const accounts = new Map<string, Account>();

/** The policies around each call: shared by all calls of this process, and through the store by all workers, that use the credential. */
export function vendorPolicies(node: Context, vendor: Vendor): HttpPolicy[] {
	const { id, name } = node.getNode().credentials?.[vendor.credential] ?? {};
	const key = `${vendor.vendor}:${id ?? name ?? vendor.credential}`;
	const account = accounts.get(key) ?? openAccount(key, vendor);
	accounts.set(key, account);
	account.use(node);
	return vendor.readOnly ? [account.once, ...account.policies] : account.policies;
}

function openAccount(key: string, { vendor, circuit: policy = DEFAULT_CIRCUIT }: Vendor) {
	let opened: Promise<Store> | undefined;
	const store = async () => await opened;
	const mirror = circuitMirror({ key, policy, store, now: Date.now });
	const gate = rateGate({ key, policy: GENEROUS, store, now: Date.now });
	return {
		/** The executions of one credential share one store: the latest is as good as any. The node itself is not kept. */
		use(node: Context) {
			if ('getInputData' in node) opened = storeOf(node as IExecuteFunctions);
		},
		once: coalesce<HttpCall, HttpResponse>(questionOf),
		policies: [
			circuit<HttpCall, HttpResponse>(vendor, mirror),
			limit<HttpCall, HttpResponse>(vendor, gate),
		],
	};
}

const stores = new WeakMap<IExecuteFunctions, Promise<Store>>();

/** Once per execution. That it cannot be opened is for those to say who cannot do without. */
function storeOf(node: IExecuteFunctions): Promise<Store> {
	const opening = stores.get(node) ?? openStore(node);
	opening.catch(() => undefined);
	stores.set(node, opening);
	return opening;
}

/** Headers are the account's own and left out: one of them is the correlation id. */
const questionOf = ({ method, url, query, body }: HttpCall) =>
	JSON.stringify([method, url, query, body]);
