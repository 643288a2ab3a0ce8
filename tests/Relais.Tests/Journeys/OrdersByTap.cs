using Microsoft.Extensions.DependencyInjection;
using Relais.Commerce;
using Relais.Simulator;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>A customer confirms, changes and cancels orders of their own, by a tap and in no other way.</summary>
public sealed class OrdersByTap
{
    [Theory, OnEveryDatabase]
    public async Task An_order_is_cancelled_by_the_tap_and_told_once(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        var amina = relais.Chat(relais.Meta, "+212600000001");
        await Owns(relais, amina, ("TRK700001", "preparing"));
        await amina.Asks("je veux annuler TRK700001", "Voulez-vous annuler la commande TRK700001 ?");
        var question = amina.Answers[^1];
        question.Choices.Select(c => c.Title).ShouldBe(["Annuler la commande", "Garder la commande"]);
        (await Status(relais, "TRK700001")).ShouldBe("preparing", "a question changes nothing");

        // What a customer writes is never a tap, whatever it looks like.
        await amina.Says(question.Choices[0].Id);
        await relais.Settled();
        (await Status(relais, "TRK700001")).ShouldBe("preparing");
        var heard = amina.Answers.Count;
        var conversation = await relais.Facts.Count("SELECT max(id) FROM conversation");
        using var desk = await DeskClient.SignIn(relais);
        if ((await desk.Conversation(conversation)).Text("assignee") != "concierge")
        {
            await desk.Act(conversation, "release");
            await relais.Settled();
            heard = amina.Answers.Count;
        }

        var tap = await amina.Phone.Tap(relais.Meta, question.Choices[0], question.Id);
        await amina.Phone.Redeliver(tap);
        await amina.Phone.Receives(relais.Meta, heard + 1);
        await relais.Settled();

        // The id she typed reads like English, and the words on a button are ours: they do not bring her language back.
        amina.Answers.Skip(heard).Select(a => a.Text).ShouldBe(["❌ Your order TRK700001 is cancelled."]);
        (await Status(relais, "TRK700001")).ShouldBe("cancelled");

        // Tapped again, and the other button: the question is spent.
        await amina.Phone.Tap(relais.Meta, question.Choices[0], question.Id);
        await amina.Phone.Receives(relais.Meta, heard + 2);
        await amina.Phone.Tap(relais.Meta, question.Choices[1], question.Id);
        await amina.Phone.Receives(relais.Meta, heard + 3);
        amina.Answers.Skip(heard + 1).ShouldAllBe(
            a => a.Text.Contains("déjà répondu", StringComparison.Ordinal) || a.Text.Contains("answered this question already", StringComparison.Ordinal),
            string.Join('\n', amina.Answers.Skip(heard + 1).Select(a => a.Text)));
        (await relais.Facts.Query<string>("SELECT type || ' ' || detail FROM conversation_event WHERE type LIKE 'order_%'"))
            .ShouldBe(["order_cancelled TRK700001"]);
        await relais.Settled();
    }

    [Theory, OnEveryDatabase]
    public async Task Ten_minutes_later_the_tap_is_asked_again(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        var amina = relais.Chat(relais.Meta, "+212600000001");
        await Owns(relais, amina, ("TRK700001", "placed"));
        await amina.Asks("I want to cancel TRK700001", "Do you want to cancel order TRK700001?");
        await relais.Database.Write(Relais.Storage.Scope.Pipeline, tx => tx.Execute(
            "UPDATE order_confirmation SET expires_at = created_at WHERE tenant_id IS NOT NULL"));
        var old = amina.Answers[^1];
        await amina.Phone.Tap(relais.Meta, old.Choices[0], old.Id);
        await amina.Hears("no longer valid");
        await amina.Hears("Do you want to cancel order TRK700001?");
        (await Status(relais, "TRK700001")).ShouldBe("placed");
        var again = amina.Answers[^1];
        again.Choices[0].Id.ShouldNotBe(old.Choices[0].Id);

        // It is shipped before the customer makes up their mind.
        await relais.Database.Write(Relais.Storage.Scope.Pipeline, tx => tx.Execute(
            "UPDATE customer_order SET status = 'shipped' WHERE tenant_id IS NOT NULL AND tracking_number = 'TRK700001'"));
        await amina.Phone.Tap(relais.Meta, again.Choices[0], again.Id);
        await amina.Hears("TRK700001 has been shipped", "A member of our team");
        (await Status(relais, "TRK700001")).ShouldBe("shipped");
        await relais.Settled();
    }

    [Theory, OnEveryDatabase]
    public async Task Of_a_recap_the_first_button_counts_and_a_change_goes_to_a_person(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        var amina = relais.Chat(relais.Twilio, "+212600000001");
        await Owns(relais, amina, ("TRK700001", "placed"));
        await amina.Asks("أريد تأكيد الطلب TRK700001", "TRK700001");
        var recap = amina.Answers[^1];
        await amina.Phone.Tap(relais.Twilio, recap.Choices[0], recap.Id);
        await amina.Hears("✅ تم تأكيد طلبك TRK700001.");
        await amina.Phone.Tap(relais.Twilio, recap.Choices[2], recap.Id);
        await amina.Hears("لقد أجبت", "✅");
        (await Status(relais, "TRK700001")).ShouldBe("confirmed");

        await amina.Asks("je veux modifier la commande TRK700001 : livrer au 12 rue du Four", "12 rue du Four");
        var change = amina.Answers[^1];
        await amina.Phone.Tap(relais.Twilio, change.Choices[0], change.Id);
        await amina.Hears("modification de la commande TRK700001 est enregistrée", "Un membre de notre équipe");
        (await relais.Facts.Query<string>("SELECT note FROM customer_order WHERE tracking_number = 'TRK700001'"))[0].ShouldContain("12 rue du Four");
        (await relais.Facts.Query<string>("SELECT handoff_reason FROM conversation")).ShouldBe(["order_change"]);
        await relais.Settled();
    }

    [Theory, OnEveryDatabase]
    public async Task An_order_of_somebody_else_or_of_nobody_is_not_found(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        var amina = relais.Chat(relais.Meta, "+212600000001");
        await Owns(relais, amina, ("TRK700001", "placed"));
        await relais.Chat(relais.Meta, "+33600000002").Asks("je veux annuler TRK700001", "Je ne trouve pas de commande");
        await relais.Chat(relais.Meta, "+33600000003").Asks("je veux annuler TRK456789", "Je ne trouve pas de commande");
        (await relais.Facts.Count("SELECT count(*) FROM order_confirmation")).ShouldBe(0);

        // A button shown to one is no button for another.
        await amina.Asks("je veux annuler TRK700001", "Voulez-vous annuler");
        var question = amina.Answers[^1];
        var lucas = relais.Chat(relais.Meta, "+33600000004");
        await lucas.Asks("Bonjour", "Bonjour");
        await lucas.Phone.Tap(relais.Meta, question.Choices[0], question.Id);
        await lucas.Hears("plus valable");
        (await Status(relais, "TRK700001")).ShouldBe("placed");
        await relais.Settled();
    }

    [Theory, OnEveryDatabase]
    public async Task Without_a_number_the_one_open_order_is_taken_and_of_several_is_asked_which(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        var amina = relais.Chat(relais.Meta, "+212600000001");
        await Owns(relais, amina, ("TRK700001", "placed"), ("TRK700002", "delivered"));
        await amina.Asks("I want to cancel my order", "Do you want to cancel order TRK700001?");
        var omar = relais.Chat(relais.Meta, "+213600000003");
        await Owns(relais, omar, ("TRK700003", "placed"), ("TRK700004", "preparing"));
        await omar.Asks("I want to cancel my order", "TRK700003", "TRK700004", "What is the number of the order you want to cancel?");
        await omar.Asks("TRK700004", "Do you want to cancel order TRK700004?");
        var emma = relais.Chat(relais.Meta, "+447700900004");
        await emma.Asks("I want to cancel my order", "What is the number of the order you want to cancel?");
        await relais.Settled();
    }

    /// <summary>Says hello, so that the contact is known, and gives it orders.</summary>
    private static async Task Owns(RelaisHost relais, ChatScript chat, params (string Number, string Status)[] orders)
    {
        await chat.Says("Bonjour");
        await chat.Hears();
        var tenant = await relais.Facts.Count("SELECT min(tenant_id) FROM tenant");
        var contact = await relais.Facts.Count("SELECT id FROM contact WHERE phone = @Number", new { chat.Phone.Number });
        foreach (var (number, status) in orders)
        {
            var id = await relais.Services.GetRequiredService<Relais.Storage.Ids>().One();
            await relais.Database.Write(Relais.Storage.Scope.Tenant(tenant), tx => OrderStore.Insert(tx, new Order
            {
                TenantId = tenant, Id = id, TrackingNumber = number, ContactId = contact, Status = status, CreatedAt = 1, UpdatedAt = 1,
            }));
        }
    }

    private static async Task<string> Status(RelaisHost relais, string number) =>
        (await relais.Facts.Query<string>("SELECT status FROM customer_order WHERE tracking_number = @number", new { number }))[0];
}
