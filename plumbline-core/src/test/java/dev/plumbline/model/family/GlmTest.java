package dev.plumbline.model.family;

class GlmTest extends FamilyContractTest {

    @Override
    String family() {
        return "glm";
    }
}
