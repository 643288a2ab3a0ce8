using Relais.Simulator;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>A day after the customer's last word only a template goes, on both channels, and the desk is told which.</summary>
public sealed class OutsideTheWindow
{
    [Theory, OnEveryDatabase]
    public async Task The_desk_is_told_which_templates_would_go_and_one_of_them_arrives(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        relais.Simulator.TemplateReviewTakes = TimeSpan.FromMilliseconds(100);
        using var desk = await DeskClient.SignIn(relais);
        var inboxes = await relais.Facts.Query<long>("SELECT id FROM inbox ORDER BY channel");
        foreach (var (number, inbox) in new[] { relais.Meta, relais.Twilio }.Zip(inboxes))
        {
            var phone = relais.Simulator.Phone(number == relais.Meta ? "+33611110091" : "+33611110092");
            await phone.Say(number, "Bonjour");
            await phone.Receives(number, 1);
            var id = await desk.ConversationWith(phone);
            (await desk.Post("/api/templates/shipped/order_confirmation/create", new { inbox_id = inbox, languages = new[] { "fr" } })).Ok();
            await Eventually.Holds(async () =>
            {
                (await desk.Post("/api/templates/sync")).Ok();
                return (await desk.Get($"/api/templates/usable?inbox_id={inbox}")).Ok().Body.GetProperty("items").GetArrayLength() == 1;
            }, "the provider approves");
            await relais.Settled();
            relais.Clock.Advance(TimeSpan.FromHours(25));
            relais.Simulator.Advance(TimeSpan.FromHours(25)).ShouldBeTrue();

            var refused = await desk.Act(id, "send", new { message = "Toujours là ?" });
            refused.Refused(409, "window_closed");
            refused.Body.GetProperty("templates").ToString().ShouldContain("order_confirmation");
            var missing = await desk.Act(id, "send", new { type = "template", name = "order_confirmation", language = "fr", body = new { } });
            missing.Status.ShouldBeGreaterThanOrEqualTo(400, "a template without its variables never leaves");

            var values = new Dictionary<string, string>(StringComparer.Ordinal) { ["1"] = "CMD-1042", ["2"] = "64,90 €" };
            var sent = (await desk.Act(id, "send", new { type = "template", name = "order_confirmation", language = "fr", body = values })).Ok();
            await phone.Receives(number, 2);
            phone.Messages(number)[^1].Text.ShouldContain("CMD-1042");
            var message = await desk.MessageThat(id, m => m.Text("id") == sent.Text("message_id") && m.Text("status") is "delivered" or "read", "it is delivered");
            message.Text("content").ShouldContain("64,90 €");

            // The other number's turn begins inside its own window.
            relais.Clock.Advance(TimeSpan.FromMinutes(1));
            await relais.Settled();
        }
    }
}
