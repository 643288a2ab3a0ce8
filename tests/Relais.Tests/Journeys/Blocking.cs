using Relais.Simulator;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>A customer the business does not want to hear of: kept, not answered, not written to; at Meta too where Meta allows it.</summary>
public sealed class Blocking
{
    private const string Question = "Où est ma commande TRK123456 ?";

    [Theory, OnEveryDatabase]
    public async Task What_a_blocked_customer_writes_is_kept_and_nobody_owes_an_answer(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        foreach (var number in new[] { relais.Meta, relais.Twilio })
        {
            var chat = relais.Chat(number, number == relais.Meta ? "+33655000001" : "+33655000002");
            await chat.Asks(Question, "TRK123456");
            var id = await desk.ConversationWith(chat.Phone);
            var contact = (await desk.Conversation(id)).Text("contact_id");
            var blocked = (await desk.Post($"/api/contacts/{contact}/block", new { reason = "Insultes" })).Ok();
            blocked.Text("where").ShouldBe(number == relais.Meta ? "provider" : "local");
            (await desk.Conversation(id)).GetProperty("is_blocked").GetBoolean().ShouldBeTrue();
            if (number == relais.Meta)
            {
                chat.Phone.ChatWith(number).IsBlockedByBusiness.ShouldBeTrue();
                chat.Phone.ChatWith(number).IsBlockedByBusiness = false;
            }
            else
            {
                blocked.Body.GetProperty("providers")[0].Text("detail").ShouldContain("no block list");
            }

            await chat.Says("Répondez !");
            await chat.HearsNoMore();
            (await chat.Stored())[^1].Content.ShouldBe("Répondez !");
            (await desk.Act(id, "send", new { message = "Bonjour" })).Refused(409, "contact_blocked");

            // The same when people have the conversation: nobody waits.
            (await desk.Act(id, "take-over")).Ok().Text("message_id").ShouldBeEmpty();
            await chat.Says("Allô ?");
            await relais.Settled();
            (await desk.Conversation(id)).Text("waiting_since").ShouldBeEmpty();
            (await desk.Act(id, "release")).Ok();
            await chat.HearsNoMore();

            (await desk.Post($"/api/contacts/{contact}/unblock")).Ok().GetBlocked().ShouldBeFalse();
            chat.Phone.ChatWith(number).IsBlockedByBusiness.ShouldBeFalse();
            await chat.Asks(Question, "TRK123456");
            await chat.HearsNoMore();
            var told = (await desk.Get($"/api/conversations/{id}/events")).Ok().Body.GetProperty("items").EnumerateArray().Select(e => e.Text("type")).ToList();
            told.ShouldContain("blocked");
            told.ShouldContain("unblocked");
        }
    }

    [Theory, OnEveryDatabase]
    public async Task A_day_after_their_last_message_the_block_is_kept_here_alone(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        var chat = relais.Chat(relais.Meta, "+33655000003");
        await chat.Asks(Question, "TRK123456");
        var contact = (await desk.Conversation(await desk.ConversationWith(chat.Phone))).Text("contact_id");
        relais.Clock.Advance(TimeSpan.FromHours(25));
        var answer = (await desk.Post($"/api/contacts/{contact}/block")).Ok();
        answer.Text("where").ShouldBe("local");
        answer.Body.GetProperty("providers")[0].Text("detail").ShouldContain("24 hours");
        chat.Phone.ChatWith(relais.Meta).IsBlockedByBusiness.ShouldBeFalse();
        (await desk.Post($"/api/contacts/{contact}/block", new { reason = new string('x', 501) })).Refused(400, "invalid");
    }
}

internal static class BlockAnswers
{
    public static bool GetBlocked(this ApiAnswer answer) => answer.Body.GetProperty("blocked").GetBoolean();
}
