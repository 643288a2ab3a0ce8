namespace Relais.Simulator;

internal sealed record PhoneRequest(string? Number = null, string? Name = null, bool? HidesNumber = null);

/// <param name="Phone">The customer's E.164.</param>
/// <param name="To">Address of a connected number.</param>
/// <param name="Text">What they write; not needed to read.</param>
internal sealed record SayRequest(string? Phone, string? To, string? Text);

internal sealed record TapRequest(string? Phone, string? To, Choice? Choice, string? RepliesTo);

internal sealed record RetryRequest(string? Phone, string? To, string? Id);

/// <summary>See <see cref="Fault"/>.</summary>
internal sealed record FaultRequest(
    FaultKind Kind, int? Times, string? Number, string? To, int? Every, double? DelayMs, int? RetryAfter, int? Code,
    int? HttpStatus, bool? Accepted);

/// <summary>See <see cref="StatusPolicy"/>; what is left out stays, except the fault.</summary>
internal sealed record StatusesRequest(
    StatusReach? Reach, double? FirstAfterMs, double? BetweenMs, FaultKind? Fault, int? FailWith);

internal sealed record SettingsRequest(bool? EnforceWindow = null, int? AcceptedCap = null, int? RedeliveryAttempts = null);
