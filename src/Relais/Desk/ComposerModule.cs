using Relais.Desk.Composer;
using Relais.Desk.Contacts;
using Relais.Desk.Contacts.Merging;
using Relais.Desk.Later;

namespace Relais.Desk;

/// <summary>What people write with at the desk, and whom they write to.</summary>
internal static class ComposerModule
{
    public static void AddComposer(this IServiceCollection services)
    {
        services.AddSingleton<ContactNews>();
        services.AddSingleton<ContactMerges>();
        services.AddSingleton<OrderDesk>();
        services.AddSingleton<ScheduledSends>();
    }

    public static void MapComposer(this IEndpointRouteBuilder app)
    {
        app.MapContacts();
        app.MapContactNotes();
        app.MapContactHistory();
        app.MapContactMerges();
        app.MapOrderActs();
        app.MapDrafts();
        app.MapCannedAnswers();
        app.MapScheduled();
        app.MapRetry();
        app.MapSendProducts();
    }
}
