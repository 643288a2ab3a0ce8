using Relais.Simulator.Files;
using Relais.Simulator.Templates;

namespace Relais.Simulator;

/// <summary>Meta's <c>/{version}/{id}</c>: the id alone says whether it is a file, a number or a template.</summary>
internal sealed class GraphObjects(SimulatorHub hub, GraphDoor door, GraphMedia media, GraphAccount account, GraphTemplates templates)
{
    public async Task Get(HttpContext context)
    {
        var id = (string)context.Request.RouteValues["id"]!;
        if (hub.Files.Find(id) is { } file)
        {
            await (await door.LetIn(context, file.Owner) ? media.Describe(context, file) : Task.CompletedTask);
        }
        else if (hub.Number(SimulatedChannel.Meta, id) is { } number)
        {
            await (await door.LetIn(context, number) ? account.Describe(context, number) : Task.CompletedTask);
        }
        else if (hub.Templates.ById(id) is { } template && Owner(template.Account) is { } owner)
        {
            await (await door.LetIn(context, owner) ? templates.Describe(context, template) : Task.CompletedTask);
        }
        else if (hub.Catalogs.TryGetValue(id, out var catalog)
            && (hub.AcceptsAnyToken || hub.Numbers.Any(n => GraphDoor.HasToken(context.Request, n))))
        {
            await account.Describe(context, catalog);
        }
        else
        {
            await Nothing(context, id);
        }
    }

    public async Task Post(HttpContext context)
    {
        var id = (string)context.Request.RouteValues["id"]!;
        if (hub.Templates.ById(id) is { } template && Owner(template.Account) is { } owner)
        {
            await (await door.LetIn(context, owner) ? templates.Edit(context, owner, template) : Task.CompletedTask);
        }
        else
        {
            await Nothing(context, id);
        }
    }

    public async Task Delete(HttpContext context)
    {
        var id = (string)context.Request.RouteValues["id"]!;
        if (hub.Files.Find(id) is { } file)
        {
            await (await door.LetIn(context, file.Owner) ? media.Delete(context, file) : Task.CompletedTask);
        }
        else
        {
            await Nothing(context, id);
        }
    }

    private SimulatedNumber? Owner(string account) =>
        hub.Numbers.FirstOrDefault(n => n.Channel == SimulatedChannel.Meta && n.Account == account);

    // Without a valid token Meta does not say whether there is anything.
    private Task Nothing(HttpContext context, string id) =>
        hub.AcceptsAnyToken || hub.Numbers.Any(n => GraphDoor.HasToken(context.Request, n))
            ? GraphDoor.NotThere(context, id)
            : GraphDoor.Refuse(context, 190);
}
