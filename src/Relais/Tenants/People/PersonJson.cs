using Relais.Foundation;
using Relais.Tenants.Rights;

namespace Relais.Tenants.People;

/// <param name="Id">What <c>agent_id</c> means everywhere else.</param>
/// <param name="Name">As colleagues see it.</param>
/// <param name="Email">What they sign in with.</param>
/// <param name="Role">owner, admin or agent.</param>
internal sealed record AgentAnswer(long Id, string Name, string Email, string Role)
{
    /// <summary>active, invited (has not chosen a password yet) or disabled.</summary>
    public string State { get; init; } = "active";

    /// <summary>Until when the first link works; null once they have used it.</summary>
    public DateTimeOffset? InvitedUntil { get; init; }

    /// <summary>True when they sign in with an authenticator app besides the password.</summary>
    public bool HasTotp { get; init; }

    /// <summary>What they may do: those of the role, or their own.</summary>
    public IReadOnlyList<string> Rights { get; init; } = [];

    /// <summary>Whose conversations, customers and orders they see: all, teams (their own, their teams' and those that wait for anybody) or mine.</summary>
    public string Sees { get; init; } = "all";

    public static AgentAnswer Of(Person p) => new(p.AgentId, p.Name, p.Email, p.Role)
    {
        State = p.State, InvitedUntil = Instants.FromMicros(p.InvitedUntil), HasTotp = p.HasTotp == 1,
        Rights = p.Rights.ToList(), Sees = SeesWords.Of(p.Sees),
    };
}

/// <param name="Email">What they will sign in with; unique in the installation.</param>
/// <param name="Name">As colleagues see it; the part of the address before the @ when left out.</param>
/// <param name="Role">owner, admin or agent; agent when left out. Only owners make owners.</param>
/// <param name="Rights">What they may do instead of what the role includes, as at PATCH /api/agents/{id}. Nobody gives a right they do not have.</param>
/// <param name="Sees">all, teams or mine; all when left out. Nobody lets others see more than they do.</param>
internal sealed record NewPerson(string? Email, string? Name, string? Role, IReadOnlyList<string>? Rights = null, string? Sees = null);

/// <summary>Fields left out, or null, stay as they are.</summary>
/// <param name="Role">owner, admin or agent. Only owners change owners.</param>
/// <param name="Name">As colleagues see it.</param>
/// <param name="Disabled">True ends their sessions, keys and live feeds; their conversations wait for their team or for anybody.</param>
/// <param name="Rights">
/// What they may do instead of what the role includes: any of conversations, answer, contacts, orders, reports, products, campaigns,
/// export, import, erase, knowledge, assistant, models, secrets, people, settings. A new role alone brings back the role's. Nobody gives a right
/// they do not have, and nobody changes their own.
/// </param>
/// <param name="Sees">all, teams or mine.</param>
internal sealed record PersonChange(string? Role, string? Name, bool? Disabled, IReadOnlyList<string>? Rights = null, string? Sees = null);

/// <param name="Agent">Who.</param>
/// <param name="InvitationUrl">With which they choose a password: once, within seven days. Shown this once; null when an Idempotency-Key is repeated.</param>
internal sealed record InvitedAnswer(AgentAnswer Agent, string? InvitationUrl);

/// <param name="Token">What the link holds after its #.</param>
/// <param name="Password">At least twelve characters.</param>
/// <param name="Name">As colleagues see it; as it was when left out.</param>
internal sealed record AcceptRequest(string? Token, string? Password, string? Name);

/// <param name="Current">The present password.</param>
/// <param name="New">At least twelve characters.</param>
internal sealed record PasswordChange(string? Current, string? New);
