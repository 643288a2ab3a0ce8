using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Relais.Engine.Flows;

/// <summary>What a run waits for.</summary>
internal enum FlowWait
{
    /// <summary>Nothing: it goes on as soon as its turn comes.</summary>
    None = 0,

    /// <summary>The customer's next message, or the time-out.</summary>
    Reply = 1,

    /// <summary>The answer of an HTTP call that is to be made now.</summary>
    Call = 2,
}

/// <summary>
/// Where a run stands: everything needed to go on after a restart, on another node, or under a newer program. Kept as JSON; fields are only
/// ever added.
/// </summary>
internal sealed record FlowState
{
    /// <summary>Name of the widget it stands at.</summary>
    public required string Step { get; init; }

    /// <summary>How the trigger it stands at was called; null once it has gone on.</summary>
    public string? Happening { get; init; }

    public FlowWait Wait { get; init; }

    /// <summary>The call it waits for.</summary>
    public FlowCall? Pending { get; init; }

    /// <summary>When the wait ends by itself, microseconds UTC; null: never.</summary>
    public long? Until { get; init; }

    /// <summary>Steps taken in all; 1,000 end the run (Twilio 81000).</summary>
    public int Steps { get; init; }

    /// <summary>Answers at this step that did not fit.</summary>
    public int Wrong { get; init; }

    /// <summary>Which field of a form is being asked for.</summary>
    public int Field { get; init; }

    /// <summary>True while the AI agent answers in the flow's place.</summary>
    public bool IsWithAgent { get; init; }

    /// <summary>trigger, flow, contact, widgets: what Liquid sees.</summary>
    public JsonObject Context { get; init; } = [];

    /// <summary>The flow that called this one; null at the top. Subflows call no subflows (Twilio 81024).</summary>
    public FlowFrame? Caller { get; init; }

    /// <summary>sid of the flow whose steps these are, when it is a subflow; null for the session's own.</summary>
    public string? Subflow { get; init; }

    /// <summary>Which version of it; 0 the draft.</summary>
    public long SubflowVersion { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, Format);

    public static FlowState Read(string json) => JsonSerializer.Deserialize<FlowState>(json, Format)!;

    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}

/// <summary>A flow that waits for a subflow.</summary>
/// <param name="Step">The run-subflow widget.</param>
/// <param name="Context">Of the caller.</param>
internal sealed record FlowFrame(string Step, JsonObject Context);
