using Relais.Desk.Composer;
using Relais.Desk.Contacts;

namespace Relais.Desk;

/// <summary>What people write with at the desk, and whom they write to.</summary>
internal static class ComposerModule
{
    public static void AddComposer(this IServiceCollection services)
    {
        services.AddSingleton<ContactNews>();
        services.AddSingleton<OrderDesk>();
    }

    public static void MapComposer(this IEndpointRouteBuilder app)
    {
        app.MapContacts();
        app.MapContactNotes();
        app.MapContactHistory();
        app.MapOrderActs();
        app.MapDrafts();
        app.MapCannedAnswers();
    }
}
