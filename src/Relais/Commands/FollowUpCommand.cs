using System.CommandLine;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Commands;

/// <summary>
/// <c>relais follow-up plan</c> and <c>run</c>: what the worker does by itself, once and from the shell, for one customer or all; with
/// <c>--dry-run</c> it only says what it would do.
/// </summary>
internal static class FollowUpCommand
{
    private static readonly Option<string?> Of = new("--tenant") { Description = "Whose customers, by name; left out: the first tenant's." };
    private static readonly Option<string?> Contact = new("--contact")
    {
        Description = "One customer, by phone number; left out: TARGET_PHONE_NUMBER where it is set, else everyone.",
    };

    private static readonly Option<bool> Everyone = new("--everyone") { Description = "Every customer, also where TARGET_PHONE_NUMBER is set." };
    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Show what would be done. Nothing is written but what a model was asked; nothing is sent." };
    private static readonly Option<bool> OwnDemo = new("--demo") { Description = "Against a fresh demo that is thrown away." };

    public static Command Create()
    {
        var plan = new Command("plan", "Find customers who went quiet, and propose what to say to them. People approve it at the desk.");
        var run = new Command("run", "Send the steps that are due, of follow-ups that were approved.");
        foreach (var command in new[] { plan, run })
        {
            command.Add(Of);
            command.Add(Contact);
            command.Add(Everyone);
            command.Add(DryRun);
            command.Add(OwnDemo);
        }

        plan.SetAction((parsed, cancel) => Open(parsed, (round, contactId) => round.Plan(contactId, parsed.GetValue(DryRun), cancel), cancel));
        run.SetAction((parsed, cancel) => Open(parsed, (round, contactId) => round.Send(contactId, parsed.GetValue(DryRun), cancel), cancel));
        return new Command("follow-up", "Follow up customers who went quiet.") { plan, run };
    }

    private static async Task<int> Open(ParseResult parsed, Func<FollowUpRound, long?, Task> act, CancellationToken cancel)
    {
        var settings = Settings.FromEnvironment();
        if (settings.Problems.Count > 0)
        {
            return ServeCommand.Refuse([.. settings.Problems]);
        }

        try
        {
            await using var rooms = await EvalRooms.Open(settings, parsed.GetValue(OwnDemo), cancel);
            if (await rooms.FindTenant(parsed.GetValue(Of), cancel) is not { } tenantId)
            {
                return ServeCommand.Refuse($"There is no tenant named {parsed.GetValue(Of)}.");
            }

            var round = await FollowUpRound.Open(rooms, tenantId, cancel);
            var phone = parsed.GetValue(Everyone) ? null : parsed.GetValue(Contact) ?? settings.TargetPhone;
            var contactId = phone is null ? null : await round.Find(phone, cancel);
            if (phone is not null && contactId is null)
            {
                return ServeCommand.Refuse($"No customer of this business has the number {phone}.");
            }

            await act(round, contactId);
            return 0;
        }
        catch (Exception e) when (e is NotSupportedException or FormatException or IOException or StorageUnavailableException)
        {
            return ServeCommand.Refuse(e.Message);
        }
    }
}
