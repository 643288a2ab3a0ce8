namespace Relais.Simulator;

/// <summary>How far a message gets by itself.</summary>
internal enum StatusReach
{
    None = 0,
    Sent = 1,
    Delivered = 2,
    Read = 3,
}

/// <summary>Which statuses follow an accepted send, and when. "Read" also comes whenever the customer opens the chat.</summary>
/// <param name="Reach">The last status that comes by itself.</param>
/// <param name="FirstAfter">From the send to its first status.</param>
/// <param name="Between">From one status to the next.</param>
/// <param name="Fault">One of the status faults for every send, or null; <see cref="FaultPlan"/> can set it for some.</param>
/// <param name="FailWith">The provider's code when the fault is <see cref="FaultKind.StatusFailed"/>.</param>
internal sealed record StatusPolicy(
    StatusReach Reach, TimeSpan FirstAfter, TimeSpan Between, FaultKind? Fault = null, int? FailWith = null)
{
    public static StatusPolicy None { get; } = new(StatusReach.None, TimeSpan.Zero, TimeSpan.Zero);

    /// <summary>Short enough to wait for in a test, long enough that "delivered" follows "sent" on two connections.</summary>
    public static StatusPolicy Usual { get; } =
        new(StatusReach.Delivered, TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(40));
}
