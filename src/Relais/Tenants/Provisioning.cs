using Relais.Foundation;
using Relais.Storage;

namespace Relais.Tenants;

/// <summary>
/// Makes tenants, people and keys: for the first start, the command line and the platform administrator. Every entrance goes
/// through <see cref="Check"/>, so none of them is laxer than another.
/// </summary>
internal sealed partial class Provisioning(Database database, Ids ids, Passwords passwords, Clock clock, Settings settings)
{
    public const string DemoEmail = "demo@example.com";
    public const string DemoPassword = "demo123";

    /// <summary>The lowest tenant, made when there is none. Safe on several nodes at once.</summary>
    public async Task<long> EnsureFirstTenant(string name, string language, CancellationToken cancel = default)
    {
        var known = await database.Read(Scope.Directory, TenantStore.LowestId, cancel);
        if (known != 0)
        {
            return known;
        }

        var tenant = NewTenant(await ids.One(cancel), name, language);
        return await database.Write(Scope.Directory, async tx =>
        {
            await TenantStore.Alone(tx);
            var existing = await TenantStore.LowestId(tx);
            if (existing != 0)
            {
                return existing;
            }

            await TenantStore.Insert(tx, tenant);
            return tenant.TenantId;
        }, cancel);
    }

    /// <param name="email">Unique in the installation.</param>
    /// <param name="password">Checked against the rules of new passwords, but for the demo's documented one.</param>
    /// <param name="name">Null: the part of the address before the @.</param>
    /// <param name="role">owner, admin, agent or platform.</param>
    /// <param name="tenantName">Made when new. Null: the lowest tenant; for platform: none. A platform administrator of a named tenant is its owner as well.</param>
    /// <param name="isDemo">Lets demo@example.com / demo123 pass: the demo answers this computer alone.</param>
    /// <param name="cancel">Stops it before it is written.</param>
    public async Task<AddedAgent> AddAgent(
        string email, string? password, string? name, string role, string? tenantName, bool isDemo = false, CancellationToken cancel = default)
    {
        var address = EmailAddress.Parse(email);
        if (Check(address, password, role, isDemo) is { } unusable)
        {
            return unusable;
        }

        var agent = await NewAgent(address!, password!, name, isPlatform: role == Roles.Platform, cancel);
        var wanted = TenantNames.Clean(tenantName);
        var spare = NewTenant(await ids.One(cancel), wanted ?? "Relais", settings.Language);
        return await database.Write<AddedAgent>(Scope.Directory, async tx =>
        {
            await TenantStore.Alone(tx);
            if (wanted is not null && !await AgentStore.AnyExists(tx))
            {
                // The first start made a tenant for the configured numbers; whoever comes first gives it its name.
                await TenantStore.RenameOnly(tx, wanted);
            }

            if (!await AgentStore.Insert(tx, agent))
            {
                return new AddedAgent.EmailTaken();
            }

            if (role == Roles.Platform && wanted is null)
            {
                return new AddedAgent.Added(agent.Id, null);
            }

            var tenantId = wanted is null ? await TenantStore.LowestId(tx) : await TenantStore.IdByName(tx, wanted);
            if (tenantId == 0)
            {
                await TenantStore.Insert(tx, spare);
                tenantId = spare.TenantId;
            }

            await AgentStore.Join(tx, NewMembership(tenantId, agent, role == Roles.Platform ? Roles.Owner : role));
            return new AddedAgent.Added(agent.Id, tenantId);
        }, cancel);
    }

    /// <summary>Null when they can be added as far as the words go.</summary>
    public static AddedAgent.Unusable? Check(string? address, string? password, string role, bool isDemo = false)
    {
        if (address is null)
        {
            return new AddedAgent.Unusable("email", EmailAddress.Hint);
        }

        if (!Roles.IsKnown(role))
        {
            return new AddedAgent.Unusable("role", "role is one of owner, admin, agent, platform.");
        }

        var isDemoUser = isDemo && address == DemoEmail && password == DemoPassword;
        return isDemoUser || Passwords.Problem(password, address) is not { } sentence ? null : new AddedAgent.Unusable("password", sentence);
    }

    /// <summary>Ready to be inserted: its id taken and its password hashed, which must not happen inside a write.</summary>
    public async Task<Agent> NewAgent(string address, string password, string? name, bool isPlatform, CancellationToken cancel) => new()
    {
        Id = await ids.One(cancel),
        Email = address,
        Name = TenantNames.Clean(name) ?? address.Split('@')[0],
        PasswordHash = await passwords.Hash(password, cancel),
        IsPlatform = isPlatform ? 1 : 0,
        CreatedAt = clock.Micros,
    };

    public Tenant NewTenant(long id, string name, string language) => new()
    {
        TenantId = id,
        Name = name,
        Language = language,
        TimeZone = TimeZoneInfo.Local.HasIanaId ? TimeZoneInfo.Local.Id : "UTC",
        CreatedAt = clock.Micros,
    };

    public Membership NewMembership(long tenantId, Agent agent, string role) => new()
    {
        TenantId = tenantId,
        AgentId = agent.Id,
        Role = role,
        Name = agent.Name,
        Email = agent.Email,
        CreatedAt = clock.Micros,
    };
}
