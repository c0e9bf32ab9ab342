package dev.plumbline.model.family;

class Glm4Test extends FamilyContractTest {

    @Override
    String family() {
        return "glm4";
    }
}
