using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants.Entry;

namespace Relais.Tenants;

/// <summary>For the command line: letting somebody in again who lost the password, or the phone.</summary>
internal sealed partial class Provisioning
{
    /// <summary>A link for a new password, shown this once and good for a day; null when nobody has that address or they were shut out.</summary>
    /// <param name="email">Whose.</param>
    /// <param name="withoutTotp">True: the authenticator app and the recovery codes go, too.</param>
    /// <param name="cancel">Stops it before it is written.</param>
    public async Task<string?> MakeResetLink(string email, bool withoutTotp, CancellationToken cancel = default)
    {
        var (token, now) = (ResetLinks.NewToken(), clock.Micros);
        return await database.Write(Scope.Directory, async tx =>
        {
            if (await AgentStore.FindByEmail(tx, EmailAddress.Parse(email) ?? "") is not { DisabledAt: null } agent)
            {
                return null;
            }

            if (withoutTotp)
            {
                await TotpStore.Remove(tx, agent.Id);
            }

            await ResetStore.Insert(tx, Secrets.HashToken(token), agent.Id, ResetStore.ByPerson, now, now + ResetLinks.PersonLasts);
            return ResetLinks.Link(settings, token);
        }, cancel);
    }
}
