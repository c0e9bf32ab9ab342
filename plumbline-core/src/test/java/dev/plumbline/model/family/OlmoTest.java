package dev.plumbline.model.family;

class OlmoTest extends FamilyContractTest {

    @Override
    String family() {
        return "olmo";
    }
}
