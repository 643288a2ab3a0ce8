using System.Text.Json;
using Relais.Errors;
using Relais.Foundation;
using Relais.Simulator;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Health;

/// <summary>Every failed call is one row of the error log, with its code, its meaning and where it belongs.</summary>
public sealed class ErrorLogTests
{
    private const string Question = "Où est ma commande TRK123456 ?";

    [Theory, OnEveryDatabase]
    public async Task A_rejected_send_is_an_error_with_code_words_and_conversation(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        relais.Simulator.Faults.Add(new Fault(FaultKind.Undeliverable));
        foreach (var (number, service, code) in new[] { (relais.Meta, "whatsapp", 131026), (relais.Twilio, "twilio", 63003) })
        {
            var chat = relais.Chat(number, $"+3365200{code % 10000:D4}");
            await chat.Says(Question);
            var error = (await Errors(desk, $"?service={service}", 1)).ShouldHaveSingleItem();
            error.Text("error_type").ShouldBe("send_rejected");
            error.Text("code").ShouldBe(code.ToString());
            error.Text("message").ShouldContain("WhatsApp");
            error.GetProperty("is_critical").GetBoolean().ShouldBeFalse();
            error.GetProperty("context").Text("conversation_id").ShouldBe((await desk.ConversationWith(chat.Phone)).ToString());
            error.GetProperty("context").Text("message_id").ShouldNotBeEmpty();
        }

        using var other = await DeskClient.OfAnotherTenant(relais);
        (await other.Get("/api/errors")).Ok().Body.GetProperty("items").GetArrayLength().ShouldBe(0);
        (await desk.Get("/api/errors?code=131026")).Ok().Body.GetProperty("items").GetArrayLength().ShouldBe(1);
        (await desk.Get("/api/errors?code=x")).Refused(400, "invalid");
    }

    [Theory, OnEveryDatabase]
    public async Task A_failed_status_is_one_error_however_often_it_is_told(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        relais.Simulator.Faults.Add(new Fault(FaultKind.StatusFailed, Times: 1, Code: 131049));
        relais.Simulator.Faults.Add(new Fault(FaultKind.StatusesDoubled));
        await relais.Chat(relais.Meta, "+33652000003").Says(Question);
        await Errors(desk, "?error_type=delivery_failed", 1);
        await relais.Settled();
        var error = (await Errors(desk, "?error_type=delivery_failed", 1)).ShouldHaveSingleItem();
        error.Text("code").ShouldBe("131049");
        error.Text("message").ShouldContain("marketing");
    }

    [Theory, OnEveryDatabase]
    public async Task A_call_that_will_be_tried_again_and_one_without_an_answer_are_errors_too_and_success_is_none(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        await relais.Chat(relais.Meta, "+33652000004").Asks(Question, "TRK123456");
        (await desk.Get("/api/errors")).Ok().Body.GetProperty("items").GetArrayLength().ShouldBe(0);
        relais.Simulator.Faults.Add(new Fault(FaultKind.ThroughputReached, Times: 1, To: "+33652000005", RetryAfter: 1));
        await relais.Chat(relais.Meta, "+33652000005").Asks(Question, "TRK123456");
        (await Errors(desk, "?error_type=send_retried", 1)).ShouldHaveSingleItem().Text("code").ShouldBe("130429");

        relais.Simulator.Faults.Add(new Fault(FaultKind.GarbageAnswer, Times: 1, To: "+33652000006", Accepted: false));
        await relais.Chat(relais.Meta, "+33652000006").Says(Question);
        (await Errors(desk, "?error_type=send_unknown", 1)).ShouldHaveSingleItem().Text("code").ShouldBeEmpty();
    }

    [Theory, OnEveryDatabase]
    public async Task A_critical_error_is_told_once_an_hour_for_each_number_and_code(DatabaseKind kind)
    {
        await using var business = await Business.Open(kind);
        using var signals = new Relais.Storage.Signals();
        using var log = new ErrorLog(new Relais.Changes.ChangeLog(signals));
        await Append(0, 190, Business.Inbox);
        await Append(1, 190, Business.Inbox);
        await Append(2, 131031, Business.Inbox);
        await Append(3, 190, Business.SecondInbox);
        await Append(59 * Instants.Minute, 190, Business.Inbox);
        (await business.One<long>("SELECT count(*) FROM error_log")).ShouldBe(5);
        (await business.One<long>("SELECT count(*) FROM change WHERE type = 'error.critical'")).ShouldBe(3);
        await Append(60 * Instants.Minute, 190, Business.Inbox);
        (await business.One<long>("SELECT count(*) FROM change WHERE type = 'error.critical'")).ShouldBe(4);
        (await business.One<long>("SELECT count(*) FROM error_alert")).ShouldBe(3);

        async Task Append(long at, long code, long inbox)
        {
            var ids = await business.Ids.Take(2 * ErrorLog.IdsEach);
            ErrorEntry entry = new(Business.Tenant, inbox, "whatsapp", "send_retried", code, "The token is old.") { At = at, IsCritical = true };
            await business.Database.Write(Relais.Storage.Scope.Pipeline, tx =>
            {
                ids.Rewind();
                return log.Append(tx, [entry], ids);
            });
        }
    }

    internal static async Task<List<JsonElement>> Errors(DeskClient desk, string query, int count)
    {
        List<JsonElement> items = [];
        await Eventually.Holds(async () =>
        {
            items = [.. (await desk.Get("/api/errors" + query)).Ok().Body.GetProperty("items").EnumerateArray()];
            return items.Count >= count;
        }, $"{count} errors for {query}");
        return items;
    }
}
