import type { FieldNames } from '../../domain/contact-mapping';
import type { Change, Kept, WriteRules } from '../../domain/field-diff';
import type { PropertyDefinition } from '../../domain/property-check';
import type { Http } from '../../runtime/http';

/** One record to write; a property absent from `properties` is left alone. */
export interface ContactWrite extends WriteRules {
	/** Finds the record; compared in lower case. */
	readonly email: string;
	/** CRM property name to value. Never null or empty: nothing overwrites with nothing. */
	readonly properties: Readonly<Record<string, string>>;
	/** Who is to own the record, in the CRM's own ids. Absent leaves the owner alone. */
	readonly ownerId?: string;
	/** Whether an owner that the record already has stays. */
	readonly keepOwner?: boolean;
}

export type WriteResult =
	| {
			readonly ok: true;
			readonly recordId: string;
			readonly operation: 'created' | 'updated' | 'unchanged';
			/** What was sent. */
			readonly changed: Readonly<Record<string, Change>>;
			/** What was wanted and not done. */
			readonly kept: Readonly<Record<string, Kept>>;
			/** Who owns the record now. */
			readonly ownerId?: string;
			readonly url?: string;
	  }
	| {
			readonly ok: false;
			readonly error: Error;
			/** The properties that the CRM names in its refusal. */
			readonly properties?: readonly string[];
	  };

export interface TaskWrite {
	readonly recordId: string;
	/** Makes the write repeatable: a task with the same key is found, not made again. */
	readonly key: string;
	readonly subject: string;
	/** Plain text. */
	readonly body: string;
	/** Epoch ms. */
	readonly dueAt: number;
	readonly ownerId?: string;
	readonly priority: 'LOW' | 'MEDIUM' | 'HIGH';
	readonly kind: 'CALL' | 'EMAIL' | 'TODO';
	/** The record was created a moment ago, so that it cannot have the task yet. */
	readonly newRecord?: boolean;
	/** An earlier try ended without an answer: look where a task shows at once, not in the search index. */
	readonly triedBefore?: boolean;
}

export interface TaskResult {
	readonly taskId: string;
	readonly operation: 'created' | 'unchanged';
}

export interface CrmProperty extends PropertyDefinition {
	readonly label: string;
	readonly type: 'string' | 'number' | 'date' | 'datetime' | 'enumeration' | 'bool';
}

export interface CrmOwner {
	readonly id: string;
	readonly email: string;
	readonly name: string;
}

/** A contact that the CRM has, as far as routing needs it. */
export interface ExistingContact {
	readonly recordId: string;
	readonly ownerId?: string;
	/** The CRM's own name of the lifecycle stage. */
	readonly stage?: string;
	readonly url?: string;
}

/** One CRM account. Results come back in the order of the writes; one bad record never fails its neighbours. */
export interface Crm {
	readonly id: string;
	/** By email, in order; undefined where nobody is known. An `Error` in a place fails that lead alone. */
	findContacts(emails: readonly string[]): Promise<Array<ExistingContact | Error | undefined>>;
	/**
	 * Never rejects for one record's sake. A refusal of a record is `FIELD_MISMATCH` or `CONFLICT`;
	 * any other code means that the CRM could not be asked.
	 */
	upsertContacts(writes: readonly ContactWrite[]): Promise<WriteResult[]>;
	createTask(task: TaskWrite): Promise<TaskResult>;
	properties(): Promise<CrmProperty[]>;
	owners(): Promise<CrmOwner[]>;
	/** How a record is opened in a browser. One call for all records. */
	recordUrls(): Promise<(recordId: string) => string>;
}

export type OpenCrm = (http: Http, options: { readonly apiVersion: string }) => Crm;

/** A CRM as the node sees it before it is opened. Implement it in one file. */
export interface CrmVendor {
	readonly id: string;
	readonly title: string;
	/** n8n credential types that can sign the calls, the preferred one first. */
	readonly credentials: ReadonlyArray<{ readonly type: string; readonly oauth2: boolean }>;
	/** The default first. */
	readonly apiVersions: readonly string[];
	readonly standardFields: FieldNames;
	/** The property that only ever moves along the order of its values; undefined where there is none. */
	readonly stageProperty?: string;
	readonly open: OpenCrm;
}
