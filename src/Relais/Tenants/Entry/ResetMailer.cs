using Relais.Foundation;
using Relais.Storage;

namespace Relais.Tenants.Entry;

/// <summary>Mails links for a new password to those of the queue whom there are.</summary>
internal sealed class ResetMailer(
    ResetQueue queue, Database database, ResetLinks links, Mailer mailer, Settings settings, Clock clock, ILogger<ResetMailer> log) : Worker(log)
{
    /// <summary>Links by mail that may work at a time: whoever asks in somebody's name does not fill their mailbox.</summary>
    private const int MaxMails = 3;

    protected override async Task<bool> Round(CancellationToken stopping)
    {
        if (!queue.Take(out var email))
        {
            return false;
        }

        if (mailer.IsConfigured)
        {
            await Mail(email, stopping);
        }

        return true;
    }

    protected override Task Idle(CancellationToken stopping) => queue.More(stopping);

    private async Task Mail(string email, CancellationToken cancel)
    {
        var (token, now) = (ResetLinks.NewToken(), clock.Micros);
        var language = await database.Write(Scope.Directory, async tx =>
        {
            if (await AgentStore.FindByEmail(tx, email) is not { } agent || !await ResetStore.CanSignIn(tx, agent.Id)
                || await ResetStore.Mailed(tx, agent.Id, now) >= MaxMails)
            {
                return null;
            }

            await ResetStore.Insert(tx, Secrets.HashToken(token), agent.Id, ResetStore.ByMail, now, now + ResetLinks.MailLasts);
            var tenant = await AgentStore.FirstTenant(tx, agent.Id) is { } id ? await TenantStore.Find(tx, id) : null;
            return tenant?.Language ?? settings.Language;
        }, cancel);
        if (language is null)
        {
            return;
        }

        var (subject, text) = Words(language, links.Link(token));
        if (await mailer.Send([email], subject, text, cancel) is { } problem)
        {
            Log.LogWarning("A mail for a new password was not sent: {Reason}", problem);
        }
    }

    internal static (string Subject, string Text) Words(string language, string link) => language switch
    {
        "en" => ("Choose a new password",
            $"Somebody, probably you, asked for a new password for Relais. Choose it here, within an hour:\n\n{link}\n\nIf it was not you, there is nothing to do: your password stays as it is."),
        "ar" => ("اختر كلمة مرور جديدة",
            $"طلب أحدهم، وأنت على الأرجح، كلمة مرور جديدة لحسابك في Relais. اخترها من هنا خلال ساعة:\n\n{link}\n\nإن لم تكن أنت من طلبها فلا داعي لفعل شيء: كلمة مرورك باقية كما هي."),
        _ => ("Choisissez un nouveau mot de passe",
            $"Quelqu'un, sans doute vous, a demandé un nouveau mot de passe pour Relais. Choisissez-le ici, dans l'heure :\n\n{link}\n\nSi ce n'est pas vous, il n'y a rien à faire : votre mot de passe reste le même."),
    };
}
