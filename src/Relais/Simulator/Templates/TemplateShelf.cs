namespace Relais.Simulator.Templates;

/// <summary>All templates, in the order of their creation; a name is unique with its language.</summary>
internal sealed class TemplateShelf
{
    private readonly Lock gate = new();
    private readonly List<MetaTemplate> all = [];
    private readonly Dictionary<(string Account, string Name), DateTimeOffset> blocked = [];

    public IReadOnlyList<MetaTemplate> All
    {
        get
        {
            lock (gate)
            {
                return [.. all];
            }
        }
    }

    public IReadOnlyList<MetaTemplate> Of(string account) => [.. All.Where(t => t.Account == account)];

    public MetaTemplate? Find(string account, string name, string language) =>
        All.FirstOrDefault(t => t.Account == account && t.Name == name && t.Language == language);

    public MetaTemplate? ById(string id) => All.FirstOrDefault(t => t.Id == id);

    public void Put(MetaTemplate template)
    {
        lock (gate)
        {
            all.RemoveAll(t => t.Account == template.Account && t.Name == template.Name && t.Language == template.Language);
            all.Add(template);
        }
    }

    /// <summary>Deletes; an approved name cannot be used again for 30 days.</summary>
    public int Remove(string account, Func<MetaTemplate, bool> which, DateTimeOffset now)
    {
        lock (gate)
        {
            foreach (var template in all.Where(t => t.Account == account && which(t) && t.Status == "APPROVED"))
            {
                blocked[(account, template.Name)] = now.AddDays(30);
            }

            return all.RemoveAll(t => t.Account == account && which(t));
        }
    }

    public bool IsBlocked(string account, string name, DateTimeOffset now)
    {
        lock (gate)
        {
            return blocked.TryGetValue((account, name), out var until) && until > now;
        }
    }
}
