using System.Text;
using System.Text.Json.Nodes;

namespace Relais.Engine.Flows.Liquid;

/// <summary>One rendering: its variables, what it has written, and what it may still use.</summary>
internal sealed class LiquidRun(JsonObject context, LiquidLimits limits)
{
    /// <summary>Texts and lists made on the way may take this many times what may come out.</summary>
    private const int MemoryPerCharacter = 16;

    private readonly Dictionary<string, object?> _assigned = new(StringComparer.Ordinal);
    private readonly List<(string Name, object? Value)> _inner = [];
    private Dictionary<string, double>? _counters;
    private Dictionary<string, int>? _marks;
    private StringBuilder _written = new();
    private int _steps;
    private long _memory;

    public LiquidLimits Limits => limits;

    /// <summary>The first thing that went wrong; null for nothing.</summary>
    public string? Problem { get; private set; }

    /// <summary>Steps or memory are used up: nothing more is done, and what was written is worth nothing.</summary>
    public bool IsExhausted { get; private set; }

    /// <summary>break or continue was met, or the text is full: what follows is left out up to the loop.</summary>
    public bool IsLeaving => IsBroken || IsContinued || IsExhausted || IsFull;

    public bool IsBroken { get; set; }

    public bool IsContinued { get; set; }

    private bool IsFull { get; set; }

    public string Text => _written.ToString();

    public void Play(IReadOnlyList<LiquidNode> nodes)
    {
        for (var i = 0; i < nodes.Count && !IsLeaving && Step(); i++)
        {
            nodes[i].Play(this);
        }
    }

    /// <summary>The text that nodes make, apart from what is written.</summary>
    public string Captured(IReadOnlyList<LiquidNode> nodes)
    {
        var outer = _written;
        _written = new StringBuilder();
        Play(nodes);
        var text = _written.ToString();
        _written = outer;
        return Afford(text.Length) ? text : "";
    }

    public void Write(string text)
    {
        var room = limits.Characters - _written.Length;
        if (text.Length <= room)
        {
            _written.Append(text);
            return;
        }

        // Never half of a character.
        var end = room > 0 && char.IsHighSurrogate(text[room - 1]) ? room - 1 : room;
        _written.Append(text, 0, Math.Max(end, 0));
        IsFull = true;
        Note($"The text is longer than {limits.Characters} characters and was cut.");
    }

    /// <summary>Counts one step; false when there are no more.</summary>
    public bool Step()
    {
        if (_steps < limits.Steps)
        {
            _steps++;
            return true;
        }

        return Exhaust("The text takes too many steps.");
    }

    /// <summary>Counts characters of something made on the way; false when there is no room.</summary>
    public bool Afford(long characters)
    {
        _memory += characters;
        return _memory <= (long)limits.Characters * MemoryPerCharacter || Exhaust("The text needs too much memory.");
    }

    private bool Exhaust(string problem)
    {
        Note(problem);
        IsExhausted = true;
        return false;
    }

    public void Note(string problem) => Problem ??= problem;

    public object? Variable(string name)
    {
        for (var i = _inner.Count - 1; i >= 0; i--)
        {
            if (_inner[i].Name == name)
            {
                return _inner[i].Value;
            }
        }

        return _assigned.TryGetValue(name, out var assigned) ? assigned
            : _counters is not null && _counters.TryGetValue(name, out var count) ? count
            : context.TryGetPropertyValue(name, out var node) ? LiquidValue.Of(node)
            : null;
    }

    public void Assign(string name, object? value) => _assigned[name] = value;

    public void Enter(string name, object? value) => _inner.Add((name, value));

    public void Leave(int names) => _inner.RemoveRange(_inner.Count - names, names);

    /// <summary>Changes a counter by one; it begins at the number of that name in the context, or at 0.</summary>
    /// <returns>Its new value.</returns>
    public double Count(string name, int by)
    {
        _counters ??= new Dictionary<string, double>(StringComparer.Ordinal);
        if (!_counters.TryGetValue(name, out var count))
        {
            count = context.TryGetPropertyValue(name, out var node) && LiquidValue.Of(node) is double start ? start : 0;
        }

        return _counters[name] = count + by;
    }

    /// <summary>Where a cycle or a loop stood last; 0 at first.</summary>
    public int Mark(string key) => _marks?.GetValueOrDefault(key) ?? 0;

    public void SetMark(string key, int value) => (_marks ??= new Dictionary<string, int>(StringComparer.Ordinal))[key] = value;
}
