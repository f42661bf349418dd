import type { Http } from '../../runtime/http';

/** One record to write. `match` finds it; a property absent from `properties` is left alone. */
export interface ContactWrite {
	readonly email: string;
	/** CRM property name to value. Never null or empty: nothing overwrites with nothing. */
	readonly properties: Readonly<Record<string, string>>;
	/** Written only where the record has no value yet (first-touch fields). */
	readonly writeOnce?: readonly string[];
}

export type WriteResult =
	| {
			readonly ok: true;
			readonly recordId: string;
			readonly operation: 'created' | 'updated' | 'unchanged';
			/** What was sent: property to the value before (undefined: empty) and after. */
			readonly changed: Readonly<Record<string, { from?: string; to: string }>>;
			readonly url?: string;
	  }
	| { readonly ok: false; readonly error: Error };

export interface TaskWrite {
	readonly recordId: string;
	/** Makes the write repeatable: a task with the same key is found, not made again. */
	readonly key: string;
	readonly subject: string;
	readonly body: string;
	/** Epoch ms. */
	readonly dueAt: number;
	readonly ownerId?: string;
	readonly priority: 'LOW' | 'MEDIUM' | 'HIGH';
}

export interface TaskResult {
	readonly taskId: string;
	readonly operation: 'created' | 'unchanged';
}

export interface CrmProperty {
	readonly name: string;
	readonly label: string;
	readonly type: 'string' | 'number' | 'date' | 'datetime' | 'enumeration' | 'bool';
	readonly readOnly: boolean;
	readonly options?: ReadonlyArray<{ readonly value: string; readonly label: string }>;
}

export interface CrmOwner {
	readonly id: string;
	readonly email: string;
	readonly name: string;
}

/** One CRM. Results come back in the order of the writes; one bad record never fails its neighbours. */
export interface Crm {
	readonly id: string;
	upsertContacts(writes: readonly ContactWrite[]): Promise<WriteResult[]>;
	createTask(task: TaskWrite): Promise<TaskResult>;
	properties(): Promise<CrmProperty[]>;
	owners(): Promise<CrmOwner[]>;
}

export type OpenCrm = (http: Http, options: { readonly apiVersion: string }) => Crm;
