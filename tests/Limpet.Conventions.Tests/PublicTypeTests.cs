using System.Reflection;
using System.Runtime.CompilerServices;
using System.Xml.Linq;

namespace Limpet.Conventions.Tests;

/// <summary>What users of the assemblies see.</summary>
public sealed class PublicTypeTests
{
    [Fact]
    public void PublicTypes_AreSealedAbstractOrStatic() => Assert.All(
        PublicTypes().Where(type => type is { IsClass: true } && !typeof(Delegate).IsAssignableFrom(type)),
        type => Assert.True(type.IsSealed || type.IsAbstract, $"{type.FullName} is open to be inherited from; nobody thought of that."));

    [Fact]
    public void PublicTypes_AreDocumented() => Assert.All(Assemblies(), assembly =>
    {
        string[] documented =
        [
            .. XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml")).Descendants("member")
                .Where(member => member.HasElements)
                .Select(member => member.Attribute("name")!.Value),
        ];
        Assert.Subset(documented.ToHashSet(), TypesOf(assembly).Select(type => "T:" + type.FullName!.Replace('+', '.')).ToHashSet());
    });

    /// <summary>With these the compiler itself refuses a public member without documentation (CS1591).</summary>
    [Fact]
    public void MissingDocumentation_IsAnError()
    {
        XDocument props = Repository.ReadXml("Directory.Build.props");
        Assert.Equal("true", props.Descendants("TreatWarningsAsErrors").Single().Value);
        XElement documentation = props.Descendants("GenerateDocumentationFile").Single();
        Assert.Equal("true", documentation.Value);
        Assert.Contains("/src/", documentation.Parent!.Attribute("Condition")!.Value, StringComparison.Ordinal);
        string[] settings = [.. Repository.Projects, .. Repository.Under("", ".props"), .. Repository.Files.Where(file => file.EndsWith(".editorconfig", StringComparison.Ordinal)), .. Repository.Sources];
        Assert.All(settings, file => Assert.DoesNotContain("1591", Repository.Read(file), StringComparison.Ordinal));
        Assert.All(Repository.Projects, project => Assert.Empty(Repository.ReadXml(project).Descendants("NoWarn")));
    }

    private static IEnumerable<Type> PublicTypes() => Assemblies().SelectMany(TypesOf);

    private static IEnumerable<Type> TypesOf(Assembly assembly) =>
        assembly.GetExportedTypes().Where(type => !type.IsDefined(typeof(CompilerGeneratedAttribute)));

    private static Assembly[] Assemblies() =>
        [.. Repository.Under("src/", ".csproj").Select(project => Assembly.Load(new AssemblyName(Path.GetFileNameWithoutExtension(project))))];
}
