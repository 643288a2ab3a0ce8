using Relais.Backups;
using Relais.Foundation;
using Relais.Imports.Moving;
using Relais.Storage;
using Relais.Tenants;
using Relais.Tenants.People;

namespace Relais.Commands;

/// <summary>The businesses and people that data is moved in for.</summary>
internal sealed class MovingTenants(Database database, Ids ids, Clock clock, Settings settings)
{
    /// <param name="name">Of the business.</param>
    /// <param name="make">False for a dry run: a business that is new is none, 0.</param>
    /// <param name="cancel">Stops it before it is written.</param>
    public async Task<long> Find(string name, bool make, CancellationToken cancel)
    {
        var wanted = TenantNames.Clean(name) ?? throw new BackupRefusedException("The name of a business has letters in it.");
        var known = await database.Read(Scope.Directory, tx => TenantStore.IdByName(tx, wanted), cancel);
        if (known != 0 || !make)
        {
            return known;
        }

        using var passwords = new Passwords();
        var tenant = new Provisioning(database, ids, passwords, clock, settings).NewTenant(await ids.One(cancel), wanted, settings.Language);
        return await database.Write(Scope.Directory, async tx =>
        {
            await TenantStore.Alone(tx);
            if (await TenantStore.IdByName(tx, wanted) is > 0 and var meanwhile)
            {
                return meanwhile;
            }

            await TenantStore.Insert(tx, tenant);
            return tenant.TenantId;
        }, cancel);
    }

    /// <summary>Brings what a business asked for, once its person is there. How many are new.</summary>
    public async Task<int> Wishes(long tenantId, string email, IReadOnlyList<MovedWish> wishes, CancellationToken cancel)
    {
        if (wishes.Count == 0 || EmailAddress.Parse(email) is not { } address)
        {
            return 0;
        }

        var range = await ids.Take(wishes.Count, cancel);
        return await database.Write(Scope.Pipeline, async tx =>
        {
            range.Rewind();
            var count = 0;
            foreach (var wish in wishes)
            {
                var id = range.Next();
                if (await MovingStore.Known(tx, tenantId, "d", "feature_request", wish.Id) == 0 && await MovingStore.InsertWish(tx, tenantId, id, address, wish, clock.Micros) > 0)
                {
                    await MovingStore.Remember(tx, tenantId, "d", "feature_request", wish.Id, id, clock.Micros);
                    count++;
                }
            }

            return count;
        }, cancel);
    }

    /// <summary>Adds its person without a password, and returns a line with the link by which they choose one. Their old password was a SHA-256 anybody could have guessed back, so it is worth nothing here.</summary>
    public async Task<string> Invite(long tenantId, string email, string name, CancellationToken cancel)
    {
        if (EmailAddress.Parse(email) is not { } address)
        {
            return $"“{email}” is no e-mail address: nobody was added. Add an owner with `relais user add`.";
        }

        var range = await ids.Take(2, cancel);
        var now = clock.Micros;
        var agent = new Agent { Id = range.Next(), Email = address, Name = TenantNames.Clean(name) ?? address.Split('@')[0], CreatedAt = now };
        var token = Secrets.NewToken("inv_");
        var invitation = new Invitation(tenantId, range.Next(), agent.Id, Secrets.HashToken(token), agent.Id, now, now + InvitationLinks.Lasts);
        var isNew = await database.Write(Scope.Directory, async tx =>
        {
            if (!await AgentStore.Insert(tx, agent))
            {
                return false;
            }

            await AgentStore.Join(tx, new Membership { TenantId = tenantId, AgentId = agent.Id, Role = Roles.Owner, Name = agent.Name, Email = address, CreatedAt = now });
            await PeopleStore.SetInvited(tx, tenantId, agent.Id, invitation.ExpiresAt);
            await InvitationStore.Replace(tx, invitation);
            return true;
        }, cancel);
        var at = (settings.PublicUrl ?? new Uri(settings.Urls.Split(';')[0])).ToString().TrimEnd('/');
        return isNew
            ? $"{address} chooses a password within seven days at {at}/invitation#{token}"
            : $"{address} can sign in here already, with the password of here.";
    }
}
