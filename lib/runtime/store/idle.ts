/** A connection that opens at the first use, closes when nobody has used it for a while, and opens again. */
export interface Reopening<Connection> {
	/** The work with the connection; it is not closed meanwhile. */
	use<Result>(work: (connection: Connection) => Result | Promise<Result>): Promise<Result>;
	close(): Promise<void>;
}

export interface Opening<Connection> {
	/** What it throws, `use` throws. */
	readonly open: () => Connection;
	readonly close: (connection: Connection) => void | Promise<void>;
	/** Milliseconds without use. */
	readonly idleMs: number;
}

/** The timer keeps no process alive. */
export function reopening<Connection>({
	open,
	close,
	idleMs,
}: Opening<Connection>): Reopening<Connection> {
	let current: { readonly connection: Connection; readonly timer: NodeJS.Timeout } | undefined;
	let users = 0;

	const end = async () => {
		const last = current;
		current = undefined;
		if (!last) return;
		clearTimeout(last.timer);
		await close(last.connection);
	};

	const whenIdle = () => {
		if (users > 0) current?.timer.refresh();
		else void end().catch(() => undefined);
	};

	const opened = () => {
		current ??= { connection: open(), timer: setTimeout(whenIdle, idleMs).unref() };
		return current;
	};

	return {
		async use(work) {
			const { connection, timer } = opened();
			users += 1;
			try {
				return await work(connection);
			} finally {
				users -= 1;
				// A cleared timer would start again.
				if (current?.timer === timer) timer.refresh();
			}
		},
		close: end,
	};
}
