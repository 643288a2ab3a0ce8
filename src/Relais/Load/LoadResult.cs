using System.Text.Json;
using System.Text.Json.Serialization;

namespace Relais.Load;

/// <summary>What a run measured. Times are milliseconds, counted in an open loop from the instant a webhook was due.</summary>
internal sealed record LoadResult
{
    /// <summary>Names and indentation of the file that --json writes.</summary>
    public static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true, Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    public required int Messages { get; init; }

    /// <summary>0 for a closed loop.</summary>
    public required int Rate { get; init; }

    public required int Connections { get; init; }

    public required int Acknowledged { get; init; }

    /// <summary>Webhooks answered with anything but 2xx, or not at all within 15 s.</summary>
    public required int NotAcknowledged { get; init; }

    public required double AcknowledgedPerSecond { get; init; }

    public required int Replied { get; init; }

    public required double RepliesPerSecond { get; init; }

    public required Latency ToAcknowledged { get; init; }

    public required Latency ToReply { get; init; }

    /// <summary>Acknowledged, and never answered before the drain ended.</summary>
    public required int Lost { get; init; }

    /// <summary>Customers who were answered more than once.</summary>
    public required int Doubled { get; init; }

    /// <summary>Calls that the provider answered with an error or not at all, all of them asked for by the run.</summary>
    public required long RefusedByProvider { get; init; }

    /// <summary>Read receipts and typing.</summary>
    public required long OtherCalls { get; init; }

    /// <summary>Sends to customers who are not of this run.</summary>
    public required int StraySends { get; init; }

    public required int StatusesPosted { get; init; }

    public required int StatusesRefused { get; init; }

    public required Latency StatusToAcknowledged { get; init; }

    /// <summary>From the first webhook to the last reply, or to the last acknowledgement where none was awaited.</summary>
    public required double Seconds { get; init; }

    public required IReadOnlyList<ProcessUse> Processes { get; init; }

    /// <summary>Processor time of this process, both as customers and as provider: at 1000 ÷ this a second the generator is the limit, not the server.</summary>
    public double GeneratorCpuMsPerMessage { get; init; }

    /// <summary>Every promise held: nothing lost, nothing doubled, every webhook taken.</summary>
    public bool IsClean => Lost == 0 && Doubled == 0 && NotAcknowledged == 0 && StatusesRefused == 0;

    public string ToJson() => JsonSerializer.Serialize(this, Json);
}
