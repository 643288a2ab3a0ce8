using System.Text.Json;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Engine.Flows;

/// <summary>Sessions and what they run, in batches where turns need them.</summary>
internal static class FlowSessionStore
{
    private static readonly Rows<Lease> RunningRows = new("""
        SELECT s.conversation_id, s.id, s.flow_id, s.version, s.definition, s.state, s.due_at, s.on_release, s.trigger, s.reason,
          (SELECT coalesce(max(p.n), 0) FROM flow_step p WHERE p.session_id = s.id AND p.tenant_id = s.tenant_id),
          (SELECT m.error_text FROM message m WHERE m.conversation_id = s.conversation_id AND +m.tenant_id = s.tenant_id
            AND m.seq = (SELECT c.last_seq FROM conversation c WHERE c.tenant_id = s.tenant_id AND c.id = s.conversation_id) AND m.author = 3 AND m.status = 2)
        FROM {rows} JOIN flow_session s ON s.conversation_id = r.lane_key AND s.tenant_id = r.tenant_id AND s.status = 1
        """,
        Column<Lease>.Long("lane_key", l => l.Key),
        Column<Lease>.Long("tenant_id", l => l.TenantId));

    private static readonly Rows<Placed> InsertRows = new("""
        INSERT INTO flow_session (tenant_id, id, conversation_id, flow_id, version, definition, status, trigger, state, step, seen_seq, due_at,
          on_release, reason, started_at, updated_at, ended_at)
        SELECT r.tenant_id, r.id, r.conversation_id, r.flow_id, r.version, r.definition, r.status, r.trigger, r.state, r.step, r.seen_seq, r.due_at,
          r.on_release, r.reason, r.now, r.now, r.ended_at FROM {rows}
        """,
        Column<Placed>.Long("tenant_id", p => p.TenantId),
        Column<Placed>.Long("id", p => p.Of.Session.Id),
        Column<Placed>.Long("conversation_id", p => p.ConversationId),
        Column<Placed>.Long("flow_id", p => p.Of.Session.FlowId),
        Column<Placed>.Long("version", p => p.Of.Session.Version),
        Column<Placed>.Text("definition", p => p.Of.Session.Definition),
        Column<Placed>.Long("status", p => p.Status),
        Column<Placed>.Text("trigger", p => p.Of.Session.Trigger),
        Column<Placed>.Text("state", p => p.Of.Session.State.ToJson()),
        Column<Placed>.Text("step", p => p.Of.Session.State.Step),
        Column<Placed>.Long("seen_seq", p => p.Of.SeenSeq),
        Column<Placed>.Long("due_at", p => p.DueAt),
        Column<Placed>.Long("on_release", p => p.Of.Session.OnRelease),
        Column<Placed>.Text("reason", p => p.Reason),
        Column<Placed>.Long("now", p => p.Now),
        Column<Placed>.Long("ended_at", p => p.Of.IsOver ? p.Now : null));

    private static readonly Rows<Placed> UpdateRows = new("""
        UPDATE flow_session SET status = r.status, state = r.state, step = r.step, seen_seq = r.seen_seq, due_at = r.due_at, reason = r.reason,
          updated_at = r.now, ended_at = r.ended_at
        FROM {rows} WHERE flow_session.tenant_id = r.tenant_id AND flow_session.id = r.id AND flow_session.status = 1
        """,
        Column<Placed>.Long("tenant_id", p => p.TenantId),
        Column<Placed>.Long("id", p => p.Of.Session.Id),
        Column<Placed>.Long("status", p => p.Status),
        Column<Placed>.Text("state", p => p.Of.Session.State.ToJson()),
        Column<Placed>.Text("step", p => p.Of.Session.State.Step),
        Column<Placed>.Long("seen_seq", p => p.Of.SeenSeq),
        Column<Placed>.Long("due_at", p => p.DueAt),
        Column<Placed>.Text("reason", p => p.Reason),
        Column<Placed>.Long("now", p => p.Now),
        Column<Placed>.Long("ended_at", p => p.Of.IsOver ? p.Now : null));

    private static readonly Rows<(Placed Of, FlowTrace Step, long N)> StepRows = new("""
        INSERT INTO flow_step (tenant_id, session_id, n, flow_id, version, step, event, answer, at)
        SELECT r.tenant_id, r.session_id, r.n, r.flow_id, r.version, r.step, r.event, r.answer, r.at FROM {rows} WHERE true
        ON CONFLICT (session_id, n) DO UPDATE SET event = excluded.event, answer = coalesce(excluded.answer, flow_step.answer)
        """,
        Column<(Placed Of, FlowTrace Step, long N)>.Long("tenant_id", s => s.Of.TenantId),
        Column<(Placed Of, FlowTrace Step, long N)>.Long("session_id", s => s.Of.Of.Session.Id),
        Column<(Placed Of, FlowTrace Step, long N)>.Long("n", s => s.N),
        Column<(Placed Of, FlowTrace Step, long N)>.Long("flow_id", s => s.Of.Of.Session.FlowId),
        Column<(Placed Of, FlowTrace Step, long N)>.Long("version", s => s.Of.Of.Session.Version),
        Column<(Placed Of, FlowTrace Step, long N)>.Text("step", s => s.Step.Step),
        Column<(Placed Of, FlowTrace Step, long N)>.Text("event", s => s.Step.Event),
        Column<(Placed Of, FlowTrace Step, long N)>.Text("answer", s => s.Step.Answer is { } answer ? ShortText.Fit(answer, LongestAnswer) : null),
        Column<(Placed Of, FlowTrace Step, long N)>.Long("at", s => s.Of.Now));

    /// <summary>Characters of an answer that reports show; the whole of it is in the message.</summary>
    private const int LongestAnswer = 200;

    /// <summary>The sessions that go on in these conversations, by conversation.</summary>
    public static async Task<Dictionary<long, FlowSession>> Running(Tx tx, IReadOnlyList<Lease> leases) => (await tx.Each(RunningRows, leases, r =>
    {
        var state = FlowState.Read(r.GetString(5));
        return (Conversation: r.GetInt64(0), Session: new FlowSession(
            r.GetInt64(1), r.GetInt64(2), r.GetInt64(3), r.Text(4),
            r.Text(9) == "resumed" ? state with { Wait = FlowWait.None, Until = null } : state, r.GetInt64(10))
        {
            DueAt = r.Long(6), OnRelease = r.GetInt64(7), Trigger = r.GetString(8), Undelivered = r.Text(11),
        });
    })).ToDictionary(s => s.Conversation, s => s.Session);

    /// <summary>Keeps what turns made of their sessions, in the transaction that settles them.</summary>
    public static async Task Save(Tx tx, IReadOnlyList<Placed> placed)
    {
        if (placed.Count == 0)
        {
            return;
        }

        // One that ends makes room for the next: a conversation has one open session.
        await tx.Each(UpdateRows, [.. placed.Where(p => !p.Of.IsNew)]);
        await tx.Each(InsertRows, [.. placed.Where(p => p.Of.IsNew)]);
        await tx.Each(StepRows, [.. placed.SelectMany(Steps)]);
    }

    /// <summary>The step it stood at is written already, without the event by which it is left now: the first of the new ones takes its place.</summary>
    private static IEnumerable<(Placed Of, FlowTrace Step, long N)> Steps(Placed placed)
    {
        var first = Math.Max(1, placed.Of.Session.Traced);
        return placed.Of.Steps.Select((step, i) => (placed, step, first + i));
    }

    public static Task<List<FlowRow>> Flows(Tx tx, long tenantId) => tx.Query<FlowRow>("""
        SELECT f.id AS "Id", f.sid AS "Sid", f.name AS "Name", f.settings AS "Settings", coalesce(f.published_version, 0) AS "Version", v.definition AS "Definition"
        FROM flow f LEFT JOIN flow_version v ON v.tenant_id = f.tenant_id AND v.flow_id = f.id AND v.version = f.published_version
        WHERE f.tenant_id = @tenantId AND f.archived_at IS NULL ORDER BY f.id
        """, new { tenantId });

    public static Task<string?> Definition(Tx tx, long tenantId, long flowId, long version) => tx.QueryFirst<string?>(
        version == 0 ? "SELECT draft FROM flow WHERE tenant_id = @tenantId AND id = @flowId"
            : "SELECT definition FROM flow_version WHERE tenant_id = @tenantId AND flow_id = @flowId AND version = @version",
        new { tenantId, flowId, version });

    /// <summary>A progress and where it belongs.</summary>
    internal sealed record Placed(long TenantId, long ConversationId, FlowProgress Of, long Now)
    {
        public long Status => Of.End switch
        {
            null => 1, FlowEnd.Completed => 3, FlowEnd.Transferred => 4, FlowEnd.Abandoned => 5, _ => 6,
        };

        public string? Reason => Of.End?.Why;

        public long? DueAt => Of.IsOver ? null : Of.Session.State.Wait == FlowWait.Reply ? Of.Session.State.Until : Now;
    }
}

/// <summary>A flow as stored, for turns.</summary>
internal sealed class FlowRow
{
    public long Id { get; init; }

    public string Sid { get; init; } = "";

    public string Name { get; init; } = "";

    public string Settings { get; init; } = "{}";

    public long Version { get; init; }

    public string? Definition { get; init; }
}
