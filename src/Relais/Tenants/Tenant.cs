namespace Relais.Tenants;

/// <summary>One business (system D's "conciergerie"). Everything else belongs to exactly one of them.</summary>
internal sealed class Tenant
{
    public long TenantId { get; init; }

    public string Name { get; init; } = "";

    /// <summary>fr, en or ar: what customers are answered in until they are known better.</summary>
    public string Language { get; init; } = "fr";

    /// <summary>IANA name; reports cut their days in it.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>Microseconds to wait for the rest of a burst; below zero means the installation's setting.</summary>
    public long QuietMicros { get; init; } = -1;

    /// <summary>Minute of the day from which nobody is written to unasked.</summary>
    public long QuietHoursFrom { get; init; } = 21 * 60;

    /// <summary>Minute of the day at which that ends.</summary>
    public long QuietHoursUntil { get; init; } = 8 * 60;

    /// <summary>1 when promotions go only to those who agreed to them.</summary>
    public long MarketingNeedsConsent { get; init; }

    /// <summary>Campaigns and follow-ups one customer gets in <see cref="UnaskedDays"/> days; 0: no limit.</summary>
    public long UnaskedLimit { get; init; } = 3;

    public long UnaskedDays { get; init; } = 7;

    /// <summary>Automatic answers one customer gets in a minute; below zero means the installation's setting.</summary>
    public long AnswersPerMinute { get; init; } = -1;

    /// <summary>1 when the AI agent answers by itself where nothing else is said.</summary>
    public long AutoRespond { get; init; } = 1;

    /// <summary><see cref="Tenants.HandoffRules"/> as JSON; null: the usual ones.</summary>
    public string? HandoffRules { get; init; }

    /// <summary><see cref="BusinessHoursJson"/>; null: not known.</summary>
    public string? BusinessHours { get; init; }

    /// <summary>1 when a change of prompt or FAQs that makes a simulation fail is refused.</summary>
    public long BlockOnRegression { get; init; }

    /// <summary>1 when what a customer taps on an order waits for a person.</summary>
    public long ApproveOrders { get; init; }

    /// <summary>After how long a hand-off nobody has answered goes to the next member; null: never.</summary>
    public long? ReassignMinutes { get; init; }

    /// <summary>ISO 3166 alpha-2: phone numbers without a country code are of there; null: not known.</summary>
    public string? Country { get; init; }

    /// <summary>1 when everybody needs an authenticator app.</summary>
    public long RequireTotp { get; init; }

    /// <summary>1 when card numbers in what customers write are kept with their last four digits only.</summary>
    public long MaskCards { get; init; } = 1;

    /// <summary>1 when outside models see placeholders for addresses, numbers of phones, accounts and cards.</summary>
    public long RedactForModels { get; init; }

    public long CreatedAt { get; init; }

    /// <summary>E-mail of the first owner; null in a tenant nobody owns yet.</summary>
    public string? Email { get; init; }

    /// <summary>Since when nobody of it is let in and nothing is sent; null: not suspended.</summary>
    public long? SuspendedAt { get; init; }
}

/// <summary>Who can sign in: always a human. The e-mail address is unique in the installation.</summary>
internal sealed class Agent
{
    public long Id { get; init; }

    public string Email { get; init; } = "";

    public string Name { get; init; } = "";

    /// <summary>Empty while somebody who was invited has not chosen one.</summary>
    public string PasswordHash { get; init; } = "";

    /// <summary>Null for whom no password lets in; checking one costs the same then.</summary>
    public string? UsableHash => PasswordHash.Length == 0 ? null : PasswordHash;

    public long IsPlatform { get; init; }

    public long CreatedAt { get; init; }

    public long? DisabledAt { get; init; }
}

/// <summary>An agent's place in a tenant.</summary>
internal sealed class Membership
{
    public long TenantId { get; init; }

    public long AgentId { get; init; }

    /// <summary>One of <see cref="Roles"/>, without platform.</summary>
    public string Role { get; init; } = "";

    public string Name { get; init; } = "";

    public string Email { get; init; } = "";

    public long CreatedAt { get; init; }
}

/// <summary>What a person may do, as the API and the command line write it.</summary>
internal static class Roles
{
    public const string Owner = "owner";
    public const string Admin = "admin";
    public const string Agent = "agent";

    /// <summary>Not a role in a tenant: looks after the installation and creates tenants.</summary>
    public const string Platform = "platform";

    public static bool IsKnown(string role) => role is Owner or Admin or Agent or Platform;
}
