using System.Text.Encodings.Web;
using System.Text.Json;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Engine.Why;

/// <summary>Whether the turn spoke or only suggested. The number is stored.</summary>
internal enum TraceKind
{
    Answer = 1,
    Suggestion = 2,
}

/// <summary>A trace with its place: beside the customer's last message the turn looked at.</summary>
internal sealed record PlacedTrace(long TenantId, long MessageId, TraceKind Kind, TurnTrace Trace, long At);

/// <summary>A trace as it is stored.</summary>
internal sealed class StoredTrace
{
    public long MessageId { get; init; }

    public long Kind { get; init; }

    public string Rule { get; init; } = "";

    public string? Handoff { get; init; }

    public string? Language { get; init; }

    public long PromptVersion { get; init; }

    public string? Provider { get; init; }

    public string? Model { get; init; }

    public long? InputTokens { get; init; }

    public long? OutputTokens { get; init; }

    public long? CostMicros { get; init; }

    public long DurationMicros { get; init; }

    public string? Detail { get; init; }

    public long At { get; init; }

    public TraceDetail ReadDetail() => TraceStore.Read(Detail);
}

/// <summary>Keeps traces: one row a turn, written with what the turn said.</summary>
internal static class TraceStore
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>A turn that is committed again, after a crash, has one trace all the same: the later one.</summary>
    private static readonly Rows<PlacedTrace> TraceRows = new("""
        INSERT INTO turn_trace (tenant_id, message_id, kind, rule, handoff, language, prompt_version, provider, model, input_tokens,
          output_tokens, cost_micros, duration_micros, detail, at)
        SELECT r.tenant_id, r.message_id, r.kind, r.rule, r.handoff, r.language, r.prompt_version, r.provider, r.model, r.input_tokens,
          r.output_tokens, r.cost_micros, r.duration_micros, r.detail, r.at FROM {rows} WHERE true
        ON CONFLICT (tenant_id, message_id, kind) DO UPDATE SET rule = excluded.rule, handoff = excluded.handoff, language = excluded.language,
          prompt_version = excluded.prompt_version, provider = excluded.provider, model = excluded.model, input_tokens = excluded.input_tokens,
          output_tokens = excluded.output_tokens, cost_micros = excluded.cost_micros, duration_micros = excluded.duration_micros,
          detail = excluded.detail, at = excluded.at
        """,
        Column<PlacedTrace>.Long("tenant_id", t => t.TenantId),
        Column<PlacedTrace>.Long("message_id", t => t.MessageId),
        Column<PlacedTrace>.Long("kind", t => (long)t.Kind),
        Column<PlacedTrace>.Text("rule", t => t.Trace.Rule),
        Column<PlacedTrace>.Text("handoff", t => t.Trace.Handoff),
        Column<PlacedTrace>.Text("language", t => t.Trace.Language),
        Column<PlacedTrace>.Long("prompt_version", t => t.Trace.PromptVersion),
        Column<PlacedTrace>.Text("provider", t => t.Trace.Provider),
        Column<PlacedTrace>.Text("model", t => t.Trace.Model),
        Column<PlacedTrace>.Long("input_tokens", t => t.Trace.Usage?.TokensIn),
        Column<PlacedTrace>.Long("output_tokens", t => t.Trace.Usage?.TokensOut),
        Column<PlacedTrace>.Long("cost_micros", t => t.Trace.Usage?.CostMicros),
        Column<PlacedTrace>.Long("duration_micros", t => t.Trace.DurationMicros),
        Column<PlacedTrace>.Text("detail", t => t.Trace.Detail),
        Column<PlacedTrace>.Long("at", t => t.At));

    public static Task Add(Tx tx, IReadOnlyList<PlacedTrace> traces) => traces.Count == 0 ? Task.CompletedTask : tx.Each(TraceRows, traces);

    public static Task<StoredTrace?> Find(Tx tx, long tenantId, long messageId, TraceKind kind) => tx.QueryFirst<StoredTrace>("""
        SELECT message_id AS "MessageId", kind AS "Kind", rule AS "Rule", handoff AS "Handoff", language AS "Language",
          prompt_version AS "PromptVersion", provider AS "Provider", model AS "Model", input_tokens AS "InputTokens",
          output_tokens AS "OutputTokens", cost_micros AS "CostMicros", duration_micros AS "DurationMicros", detail AS "Detail", at AS "At"
        FROM turn_trace WHERE tenant_id = @tenantId AND message_id = @messageId AND kind = @kind
        """, new { tenantId, messageId, kind = (long)kind });

    public static string Write(TraceDetail detail) => JsonSerializer.Serialize(detail, Json);

    public static TraceDetail Read(string? detail) =>
        (detail is null ? null : JsonSerializer.Deserialize<TraceDetail>(detail, Json)) ?? new TraceDetail(null, null, null);
}
