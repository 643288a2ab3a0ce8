namespace Relais.Simulator.Sends;

/// <summary>Why a send is not taken: the provider's code, and what names the parameter.</summary>
internal sealed record SendProblem(int Code, string Details);

/// <summary>A send as the customer would see it, or why it is not taken.</summary>
internal sealed record SendReading(string Type, string Text)
{
    public SendProblem? Problem { get; init; }

    public Shown? Extra { get; init; }

    public IReadOnlyList<Choice> Choices { get; init; } = [];

    /// <summary>Taken, and failed afterwards with this code.</summary>
    public int? FailsLater { get; init; }

    /// <summary>A reaction is no bubble of its own: the message it is about, and the emoji (empty takes it back).</summary>
    public (string Target, string Emoji)? Reaction { get; init; }

    public static SendReading Refused(int code, string details) => new("", "") { Problem = new SendProblem(code, details) };
}
