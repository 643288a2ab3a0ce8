using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Relais.Tests.Architecture;

/// <summary>relais.dll as compiled: what each type really names, not what its usings say.</summary>
internal static class RelaisAssembly
{
    private static readonly Lazy<IReadOnlyList<TypeDefinition>> All = new(() =>
    {
        // Bodies are read when they are looked at, so the module stays open.
        var module = ModuleDefinition.ReadModule(typeof(Relais.Storage.Database).Assembly.Location, new ReaderParameters { InMemory = true });
        return [.. module.Types.SelectMany(WithNested)];
    });

    /// <summary>Every type, nested and compiler-made ones included.</summary>
    public static IReadOnlyList<TypeDefinition> Types => All.Value;

    /// <summary>The type of the source that a compiler-made or nested one belongs to.</summary>
    public static TypeReference Outermost(TypeReference type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    /// <summary>The namespace's first part below Relais; empty for Program and for what the compiler adds.</summary>
    public static string Room(TypeReference type)
    {
        var parts = Outermost(type).Namespace.Split('.');
        return parts.Length > 1 && parts[0] == "Relais" ? parts[1] : "";
    }

    public static IEnumerable<TypeReference> Uses(TypeDefinition type) =>
        Named(type).SelectMany(Parts).Where(t => t is not GenericParameter).DistinctBy(t => t.FullName);

    public static IEnumerable<string> Strings(TypeDefinition type) => type.Methods.Where(m => m.HasBody)
        .SelectMany(m => m.Body.Instructions).Where(i => i.OpCode == OpCodes.Ldstr).Select(i => (string)i.Operand);

    private static IEnumerable<TypeDefinition> WithNested(TypeDefinition type) => type.NestedTypes.SelectMany(WithNested).Prepend(type);

    private static IEnumerable<TypeReference?> Named(TypeDefinition type)
    {
        IEnumerable<TypeReference?> shape =
        [
            type.BaseType, .. type.Interfaces.Select(i => i.InterfaceType), .. type.Fields.Select(f => f.FieldType),
            .. type.CustomAttributes.Select(a => a.AttributeType), .. type.GenericParameters.SelectMany(g => g.Constraints).Select(c => c.ConstraintType),
        ];
        return shape.Concat(type.Methods.SelectMany(Named));
    }

    private static IEnumerable<TypeReference?> Named(MethodDefinition method)
    {
        IEnumerable<TypeReference?> signature =
        [
            method.ReturnType, .. method.Parameters.Select(p => p.ParameterType),
            .. method.GenericParameters.SelectMany(g => g.Constraints).Select(c => c.ConstraintType),
        ];
        return method.HasBody
            ? signature.Concat(method.Body.Variables.Select(v => v.VariableType)).Concat(method.Body.Instructions.SelectMany(i => Named(i.Operand)))
            : signature;
    }

    private static IEnumerable<TypeReference?> Named(object? operand) => operand switch
    {
        TypeReference type => [type],
        FieldReference field => [field.DeclaringType, field.FieldType],
        MethodReference method =>
        [
            method.DeclaringType, method.ReturnType, .. method.Parameters.Select(p => p.ParameterType),
            .. (method as GenericInstanceMethod)?.GenericArguments ?? [],
        ],
        _ => [],
    };

    private static IEnumerable<TypeReference> Parts(TypeReference? type) => type switch
    {
        null => [],
        GenericInstanceType generic => generic.GenericArguments.SelectMany(Parts).Append(generic.ElementType),
        TypeSpecification wrapped => Parts(wrapped.ElementType),
        _ => [type],
    };
}
